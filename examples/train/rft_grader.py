"""A Python grader for parley's rft rows, as OpenAI's reinforcement fine-tuning runs graders: no network, `item` is the row.

    parley export data --format rft

It checks what it can in a few lines; `parley reward` checks more (bearing of citations, role, own lines, language).
"""
import json, re

def flat(text):
    return " ".join(re.findall(r"\w+", text.lower()))

def grade(sample, item):
    text = re.sub(r"^\s*<think>.*?(</think>|$)", "", sample["output_text"], flags=re.S)
    context = json.loads(item["reward_context"])
    passages = {f"P{passage['number']}": passage["text"] for passage in context["passages"]}
    sources = flat(" ".join([*passages.values(), *(turn["text"] for turn in context["earlierTurns"])]))
    quotes = re.findall(r"[“\"]([^”\"]{20,})[”\"]", text)
    own = flat(re.sub(r"[“\"][^”\"]*[”\"]|\[[PT]\d[^\]]*\]", " ", text)).split()
    if not own:
        return 0.0
    runs = [" ".join(own[place:place + 7]) for place in range(len(own) - 6)]
    fresh = 1 - sum(run in sources or runs.count(run) > 1 for run in runs) / max(1, len(runs))
    cited = re.findall(r"\b(P\d+)\b", " ".join(re.findall(r"\[([^\]]*)\]", text)))
    exist = sum(label in passages for label in cited) / len(cited) if cited else 0.0
    verbatim = sum(flat(quote) in sources for quote in quotes) / len(quotes) if quotes else exist
    length = min(1, len(own) / 60) * max(0, min(1, 2 - len(text.split()) / 260))
    return fresh * (0.4 * exist + 0.3 * verbatim + 0.3 * length)
