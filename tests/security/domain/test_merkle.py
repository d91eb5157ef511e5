"""Merkle trees: the vectors of Certificate Transparency, and laws over random trees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from security.domain.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    frontier_of,
    frontier_root,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
trees = st.lists(st.binary(max_size=3), min_size=1, max_size=70).map(
    lambda data: [leaf_hash(x) for x in data]
)


@pytest.mark.parametrize(("size", "root"), enumerate(ROOTS, start=1))
def test_the_roots_of_certificate_transparency(size, root):
    assert root_of(LEAVES[:size]).hex() == root


def test_the_empty_tree_has_the_hash_of_nothing():
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root_of([]) == EMPTY_ROOT


def test_known_paths_of_certificate_transparency():
    assert [step.hex() for step in inclusion_proof(LEAVES, 0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in consistency_proof(LEAVES, 6)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_a_leaf_never_passes_for_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


@given(tree=trees, data=st.data())
def test_every_leaf_is_proven_to_be_included_and_nowhere_else(tree, data):
    index = data.draw(st.integers(0, len(tree) - 1))
    proof, root = inclusion_proof(tree, index), root_of(tree)
    assert is_included(tree[index], index, len(tree), proof, root)
    assert not is_included(leaf_hash(b"another"), index, len(tree), proof, root)
    assert not is_included(tree[index], len(tree), len(tree), proof, root)
    assert not is_included(tree[index], index, len(tree), [*proof, root], root)
    if proof:
        assert not is_included(tree[index], index, len(tree), proof[:-1], root)


@given(tree=trees, data=st.data())
def test_every_beginning_is_proven_to_be_one(tree, data):
    first = data.draw(st.integers(1, len(tree)))
    proof = consistency_proof(tree, first)
    before, after = root_of(tree[:first]), root_of(tree)
    assert is_consistent(first, len(tree), before, after, proof)
    assert not is_consistent(first, len(tree), leaf_hash(b"x"), after, proof)
    assert not is_consistent(first, len(tree), before, leaf_hash(b"x"), proof)


@given(tree=trees, more=trees)
def test_a_tree_goes_on_from_its_frontier(tree, more):
    assert frontier_root(frontier_of(more, frontier_of(tree))) == root_of([*tree, *more])
    assert [size for size, _ in frontier_of(tree)] == [
        1 << bit for bit in range(10, -1, -1) if len(tree) >> bit & 1
    ]


@pytest.mark.parametrize("index", [-1, 8])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("first", [0, 9])
def test_there_is_no_proof_of_a_beginning_that_is_none(first):
    with pytest.raises(ValueError, match="beginning"):
        consistency_proof(LEAVES, first)


def test_no_sizes_out_of_order_are_consistent():
    root = root_of(LEAVES)
    assert not is_consistent(0, 8, EMPTY_ROOT, root, [])
    assert not is_consistent(8, 4, root, root_of(LEAVES[:4]), [])
    assert is_consistent(8, 8, root, root, [])
    assert not is_consistent(8, 8, root, root, [root])
    assert not is_consistent(3, 8, root, root, [])


def test_every_proof_of_small_trees_holds_and_none_that_is_longer_or_shorter():
    leaves = [leaf_hash(bytes([number])) for number in range(17)]
    for second in range(1, 18):
        for first in range(1, second + 1):
            roots = root_of(leaves[:first]), root_of(leaves[:second])
            proof = consistency_proof(leaves[:second], first)
            assert is_consistent(first, second, *roots, proof), (first, second)
            assert not is_consistent(first, second, *roots, [*proof, leaves[0]]), (first, second)
            if proof:
                assert not is_consistent(first, second, *roots, proof[:-1]), (first, second)
