#!/usr/bin/env python3
"""Checks a ledger without the program that wrote it: docs/LEDGER.md, nothing else.

    check.py [--key KEY] [--head FILE]... LEDGER.jsonl
    check.py --key KEY PROOF.json [ENTRY]
    check.py --vectors DIR

It prints a JSON object and ends with 1 where the file is not in order. Of vectors
it prints one a line, and ends with 1 where it finds otherwise than vectors.json.
Python's standard library only; Ed25519 as in RFC 8032, section 6.
"""
import base64
import hashlib
import json
import os
import sys

PREFIX = "consentry-ledger/"


class Refused(Exception):
    pass


# Ed25519, verification only.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def mul(k, a):
    out = (0, 1, 1, 0)
    while k:
        if k & 1:
            out = add(out, a)
        a, k = add(a, a), k >> 1
    return out


def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    p, q = mul(s, BASE), add(r, mul(h, a))
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def b64(s):
    try:
        b = base64.b64decode(s, validate=True)
    except (ValueError, TypeError):
        raise Refused("malformed base64") from None
    if base64.b64encode(b).decode() != s:
        raise Refused("malformed base64")
    return b


def parse_key(key):
    """name+hash+base64 of 0x01 and the public key"""
    parts = key.split("+", 2)
    if len(parts) != 3 or not parts[0].startswith(PREFIX):
        raise Refused("not a verifier key of a ledger")
    name, raw = parts[0], b64(parts[2])
    if len(raw) != 33 or raw[0] != 1:
        raise Refused("not an Ed25519 key")
    number = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if number.hex() != parts[1]:
        raise Refused("the key's number is not its own")
    return name, number, raw[1:]


def parse_head(head, key):
    """returns size and root of a signed head"""
    name, number, public = key
    if not isinstance(head, str):
        raise Refused("a head is a text")
    text, _, signatures = head.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or lines[0] != name:
        raise Refused("not a head of this ledger")
    good = False
    for line in signatures.rstrip("\n").split("\n"):
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014":
            raise Refused("malformed signature line")
        raw = b64(words[2])
        if words[1] == name and raw[:4] == number:
            good = len(raw) == 68 and ed25519(public, text.encode(), raw[4:])
            break
    if not good:
        raise Refused("no valid signature by the ledger's key")
    if not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise Refused("malformed size")
    root = b64(lines[2])
    if len(root) != 32:
        raise Refused("malformed root")
    return int(lines[1]), root


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """the Merkle tree hash of RFC 6962, leaf by leaf"""

    def __init__(self):
        self.size, self.stack = 0, []

    def append(self, h):
        n = self.size
        while n & 1:
            h, n = node(self.stack.pop(), h), n >> 1
        self.stack.append(h)
        self.size += 1

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        h = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            h = node(left, h)
        return h


def check_export(data, key, heads):
    if not data.endswith(b"\n"):
        raise Refused("the last line is cut")
    try:
        lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    except ValueError:
        raise Refused("a line is no JSON") from None
    if not lines or not isinstance(lines[0], dict) or set(lines[0]) != {"format", "key"} or lines[0]["format"] != "consentry-ledger/1":
        raise Refused("not an export of this format")
    if key and key != lines[0]["key"]:
        raise Refused("the export is of another ledger")
    verifier = parse_key(lines[0]["key"])
    if not isinstance(lines[-1], dict) or set(lines[-1]) != {"head"}:
        raise Refused("the last line does not hold the signed head")
    due = {}
    for h in heads:
        size, root = parse_head(h, verifier)
        due.setdefault(size, []).append(root)
    tree = Tree()

    def compare():
        for root in due.pop(tree.size, []):
            if root != tree.root():
                raise Refused("the history is not the one that was signed: %d entries" % tree.size)

    compare()
    for n, line in enumerate(lines[1:-1]):
        if not isinstance(line, dict) or set(line) not in ({"index", "leaf", "entry"}, {"index", "leaf", "entry_base64"}):
            raise Refused("a line is not as it should be")
        if line["index"] != n:
            raise Refused("entry %d is missing" % n)
        entry = line["entry"].encode() if "entry" in line else b64(line["entry_base64"])
        h = leaf(entry)
        if h.hex() != line["leaf"]:
            raise Refused("entry %d was changed" % n)
        tree.append(h)
        compare()
    size, root = parse_head(lines[-1]["head"], verifier)
    if size != tree.size or root != tree.root():
        raise Refused("the signed head is not that of the entries")
    if due:
        raise Refused("the last entries are gone")
    return {"ok": True, "size": tree.size, "root": tree.root().hex(), "heads": len(heads)}


def proof_hashes(p):
    if not isinstance(p, list) or not all(isinstance(h, str) and len(h) == 64 for h in p):
        raise Refused("malformed proof")
    return [bytes.fromhex(h) for h in p]


def check_inclusion(p, key, entry):
    size, root = parse_head(p["head"], key)
    index, path = p["index"], proof_hashes(p["proof"])
    h = leaf(entry)
    if h.hex() != p["leaf"]:
        raise Refused("the proof is for another entry")
    if not isinstance(index, int) or not 0 <= index < size:
        raise Refused("no such entry")
    fn, sn = index, size - 1
    for other in path:
        if sn == 0:
            raise Refused("the proof is too long")
        if fn & 1 or fn == sn:
            h = node(other, h)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            h = node(h, other)
        fn, sn = fn >> 1, sn >> 1
    if sn or h != root:
        raise Refused("the proof does not lead to the head")
    return {"ok": True, "size": size, "index": index}


def check_consistency(p, key):
    old, old_root = parse_head(p["old"], key)
    new, new_root = parse_head(p["head"], key)
    path = proof_hashes(p["proof"])
    if old > new:
        raise Refused("the older head is larger")
    if old in (0, new):
        if path or (old == new and old_root != new_root) or (old == 0 and old_root != hashlib.sha256(b"").digest()):
            raise Refused("the one log does not begin with the other")
        return {"ok": True, "old": old, "size": new}
    if old & (old - 1) == 0:
        path = [old_root] + path
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not path:
        raise Refused("the proof is too short")
    fr = sr = path[0]
    for other in path[1:]:
        if sn == 0:
            raise Refused("the proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node(other, fr), node(other, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, other)
        fn, sn = fn >> 1, sn >> 1
    if sn or fr != old_root or sr != new_root:
        raise Refused("the one log does not begin with the other")
    return {"ok": True, "old": old, "size": new}


def check(data, key, heads, entry):
    if data.startswith(b'{"format":"consentry-ledger/'):
        return check_export(data, key, heads)
    try:
        p = json.loads(data)
        if not isinstance(p, dict):
            raise Refused("not a proof")
        if p.get("format") == "consentry-inclusion/1":
            return check_inclusion(p, parse_key(key), entry)
        if p.get("format") == "consentry-consistency/1":
            return check_consistency(p, parse_key(key))
    except (ValueError, KeyError):
        pass
    raise Refused("neither an export nor a proof")


def judge(path, key, heads, entry):
    try:
        with open(path, "rb") as f:
            return check(f.read(), key, heads, entry)
    except Refused as e:
        return {"ok": False, "why": str(e)}


def vectors(directory):
    with open(os.path.join(directory, "vectors.json"), encoding="utf-8") as f:
        wanted = json.load(f)
    code = 0
    for v in wanted:
        r = judge(os.path.join(directory, v["file"]), v.get("key", ""), v.get("heads", []), v.get("entry", "").encode())
        good = r["ok"] == (v["expect"] == "ok") and r.get("root") in (None, v.get("root"))
        code = code if good else 1
        print(json.dumps({"file": v["file"], **r}))
    return code


def main(args):
    if len(args) == 2 and args[0] == "--vectors":
        return vectors(args[1])
    key, heads, files = "", [], []
    while args:
        a = args.pop(0)
        if a == "--key":
            key = args.pop(0)
        elif a == "--head":
            with open(args.pop(0), encoding="utf-8", newline="") as f:
                heads.append(f.read())
        else:
            files.append(a)
    entry = b""
    if len(files) > 1:
        with open(files[1], "rb") as f:
            entry = f.read()
    result = judge(files[0], key, heads, entry)
    print(json.dumps(result))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
