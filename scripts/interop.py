"""Three optimiser steps of TRL's trainers on exported rows, with a tiny random model. Called by interop.ts."""
import json, os, sys, urllib.request
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", TOKENIZERS_PARALLELISM="false", WANDB_DISABLED="true", CUDA_VISIBLE_DEVICES="")
import torch, transformers, trl
from datasets import load_dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

torch.set_num_threads(1)
folder, rewards, out = sys.argv[1:4]
rows = {name: f"{folder}/data/{name}/train.jsonl" for name in os.listdir(f"{folder}/data")}
template = ("{% for m in messages %}{% if m['role'] == 'assistant' %}<|im_start|>assistant\n{% generation %}{{ m['content'] }}<|im_end|>\n{% endgeneration %}"
            "{% else %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")

def tokenizer():
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer, raw.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    texts = [m["content"] for line in open(rows["sft"]) for m in json.loads(line)["messages"]]
    special = ["<|im_start|>", "<|im_end|>", "<|pad|>"]
    raw.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=3000, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    made = transformers.PreTrainedTokenizerFast(tokenizer_object=raw, eos_token="<|im_end|>", pad_token="<|pad|>")
    made.chat_template = template
    return made

words = tokenizer()
length = max(len(words.apply_chat_template(json.loads(line)["messages"], return_dict=False)) for line in open(rows["sft"])) + 64

def model():
    torch.manual_seed(0)
    size = dict(vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=2)
    config = transformers.LlamaConfig(**size, max_position_embeddings=length + 512, bos_token_id=None, eos_token_id=words.eos_token_id, pad_token_id=words.pad_token_id)
    return kept(transformers.LlamaForCausalLM(config), "model")

def kept(made, name):
    """Trainers load a second copy from where the first came from."""
    made.save_pretrained(f"{out}/{name}")
    words.save_pretrained(f"{out}/{name}")
    return type(made).from_pretrained(f"{out}/{name}")

def data(name):
    return load_dataset("json", data_files=rows[name], split="train", cache_dir=f"{out}/cache")

# OpenAI's grader over rows: what was said there earns more than the article, and nothing earns nothing.
sys.path.insert(0, "examples/train")
from rft_grader import grade
said = {row["turn"]: row["completion"][0]["content"] for row in map(json.loads, open(rows["prompt-completion"]))}
for item in map(json.loads, open(rows["rft"])):
    assert item["messages"][-1]["role"] == "user" and {"passages", "own_lines"} <= item.keys()
    speech, copied, nothing = (grade({"output_text": text}, item) for text in (said.get(item["turn"], ""), item["passages"][:1500], ""))
    assert nothing == 0 and copied < 0.5, (speech, copied, nothing)
    assert item["turn"] not in said or speech > copied, (speech, copied)
print(json.dumps({"grader": "rft", "rows": sum(1 for _ in open(rows["rft"]))}), flush=True)

# LLaMA-Factory's converter takes a row of kto_tag as strictly alternating turns that end with the answer.
for row in map(json.loads, open(rows["kto-llamafactory"])):
    assert [turn["from"] for turn in row["conversations"]] == ["human", "gpt"] * (len(row["conversations"]) // 2)
    assert isinstance(row["kto_tag"], bool)

common = dict(output_dir=f"{out}/run", max_steps=3, per_device_train_batch_size=1, report_to=[], save_strategy="no", use_cpu=True, logging_steps=1, learning_rate=1e-3)

def report(name, trainer):
    result = trainer.train()
    losses = [round(entry["loss"], 4) for entry in trainer.state.log_history if "loss" in entry]
    assert trainer.state.global_step == 3, f"{name}: {trainer.state.global_step} steps"
    assert losses and all(loss == loss for loss in losses), f"{name}: losses {losses}"
    print(json.dumps({"trainer": name, "steps": trainer.state.global_step, "losses": losses, "rows": len(trainer.train_dataset)}), flush=True)

def sft(name, **more):
    trainer = trl.SFTTrainer(model=model(), processing_class=words, train_dataset=data(name), args=trl.SFTConfig(max_length=length, **more, **common))
    if more.get("assistant_only_loss"):
        batch = trainer.data_collator([trainer.train_dataset[0]])
        learned = words.decode([int(token) for token, label in zip(batch["input_ids"][0], batch["labels"][0]) if label != -100])
        meant = "".join(m["content"] + "<|im_end|>\n" for m in json.loads(open(rows[name]).readline())["messages"] if m["role"] == "assistant")
        assert learned.replace("<|im_end|>", "").split() == meant.replace("<|im_end|>", "").split(), "the mask is not the persona's speeches"
        print(json.dumps({"mask": "the persona's own speeches and nothing else", "characters": len(learned)}), flush=True)
    report(f"SFT on {name}", trainer)

sft("sft", assistant_only_loss=True)
sft("prompt-completion")
report("KTO", trl.experimental.kto.KTOTrainer(model=model(), processing_class=words, train_dataset=data("kto"), args=trl.experimental.kto.KTOConfig(max_length=length, **{**common, "per_device_train_batch_size": 2}))
       if hasattr(trl, "experimental") and not hasattr(trl, "KTOTrainer")
       else trl.KTOTrainer(model=model(), processing_class=words, train_dataset=data("kto"), args=trl.KTOConfig(max_length=length, **{**common, "per_device_train_batch_size": 2})))
report("DPO", trl.DPOTrainer(model=model(), processing_class=words, train_dataset=data("dpo"), args=trl.DPOConfig(max_length=length, **common)))

def reward_model():
    torch.manual_seed(0)
    config = model().config
    config.num_labels = 1
    return kept(transformers.LlamaForSequenceClassification(config), "reward-model")

report("Reward", trl.RewardTrainer(model=reward_model(), processing_class=words, train_dataset=data("dpo"), args=trl.RewardConfig(max_length=length, **common)))

def parley_reward(completions, reward_context, **_):
    body = json.dumps({"completions": completions, "reward_context": reward_context}).encode()
    request = urllib.request.Request(rewards, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return [one["reward"] for one in json.load(answer)["rewards"]]

args = trl.GRPOConfig(num_generations=2, max_completion_length=24, **{**common, "per_device_train_batch_size": 2})
report("GRPO", trl.GRPOTrainer(model=model(), processing_class=words, reward_funcs=parley_reward, train_dataset=data("grpo"), args=args))
