"""Trains on parley's grpo rows with TRL, each completion rewarded by code.

    parley export data --format grpo
    parley reward --serve 8765 &
    python examples/train/grpo.py data/data/grpo/train.jsonl MODEL
"""
import json, sys, urllib.request
from datasets import load_dataset
from trl import GRPOConfig, GRPOTrainer

def parley_reward(completions, reward_context, **_):
    body = json.dumps({"completions": completions, "reward_context": reward_context}).encode()
    request = urllib.request.Request("http://127.0.0.1:8765/rewards", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return [one["reward"] for one in json.load(answer)["rewards"]]

rows, model = sys.argv[1:3]
dataset = load_dataset("json", data_files=rows, split="train").select_columns(["prompt", "reward_context"])
# A prompt has several thousand tokens: a model with a smaller window needs rows made with --window.
config = GRPOConfig(output_dir="grpo", num_generations=4, max_completion_length=400, temperature=1.0)
GRPOTrainer(model=model, reward_funcs=parley_reward, args=config, train_dataset=dataset).train()
