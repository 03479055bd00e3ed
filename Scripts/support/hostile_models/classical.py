"""Trees, vectors and tables of ai.onnx.ml."""
from onnx import helper

from .hostile import F, ML, TEXT, array, computing, filled, model, node


def _trees(count, children, targets, rows, **attributes):
    """A tree of `count` nodes; `children` gives the node for true and for false of each."""
    true_ids, false_ids = zip(*(children(k) for k in range(count)))
    return computing(
        "TreeEnsembleRegressor", "x", before=filled("x", rows, 1), domain=ML, opset=15, n_targets=1,
        nodes_treeids=[0] * count, nodes_nodeids=list(range(count)), nodes_featureids=[0] * count,
        nodes_values=[1.0] * count, nodes_modes=["LEAF" if k in targets else "BRANCH_LEQ" for k in range(count)],
        nodes_truenodeids=list(true_ids), nodes_falsenodeids=list(false_ids),
        target_treeids=[0] * len(targets), target_nodeids=list(targets), target_ids=[0] * len(targets),
        target_weights=[1.0] * len(targets), **attributes)


def tree_in_a_circle():
    return _trees(3, lambda k: ((k + 1) % 2, 2), {2}, 4)


def tree_as_a_list():
    """10,000 nodes deep, for 100,000 rows."""
    return _trees(20_001, lambda k: (min(k + 1, 20_000), 20_000), {20_000}, 100_000)


def tree_that_shares_its_branches():
    """Both children of each node are the next: 2^10,000 ways."""
    return _trees(10_001, lambda k: (min(k + 1, 10_000),) * 2, {10_000}, 4)


def tree_of_a_huge_feature():
    return _trees(3, lambda k: (1, 2), {1, 2}, 4, post_transform="PROBIT")


def ensemble_in_a_circle():
    return computing(
        "TreeEnsemble", "x", before=filled("x", 4, 1), domain=ML, opset=23, n_targets=1, tree_roots=[0],
        nodes_splits=helper.make_tensor("", F, [2], [1.0, 1.0]), nodes_featureids=[0, 0],
        nodes_modes=helper.make_tensor("", 2, [2], [0, 0]), nodes_truenodeids=[1, 0], nodes_falsenodeids=[0, 0],
        nodes_trueleafs=[0, 0], nodes_falseleafs=[1, 1], leaf_targetids=[0],
        leaf_weights=helper.make_tensor("", F, [1], [1.0]))


def ensemble_of_many_roots():
    """100,000 trees are one and the same list of 2,000 nodes."""
    count = 2_000
    return computing(
        "TreeEnsemble", "x", before=filled("x", 64, 1), domain=ML, opset=23, n_targets=1, tree_roots=[0] * 100_000,
        nodes_splits=helper.make_tensor("", F, [count], [1.0] * count), nodes_featureids=[0] * count,
        nodes_modes=helper.make_tensor("", 2, [count], [0] * count),
        nodes_truenodeids=[min(k + 1, count - 1) if k < count - 1 else 0 for k in range(count)],
        nodes_falsenodeids=[0] * count, nodes_trueleafs=[int(k == count - 1) for k in range(count)],
        nodes_falseleafs=[1] * count, leaf_targetids=[0], leaf_weights=helper.make_tensor("", F, [1], [1.0]))


def ensemble_of_huge_targets():
    return computing(
        "TreeEnsembleRegressor", "x", before=filled("x", 4, 1), domain=ML, opset=15, n_targets=2**40,
        nodes_treeids=[0], nodes_nodeids=[0], nodes_featureids=[0], nodes_values=[1.0], nodes_modes=["LEAF"],
        nodes_truenodeids=[0], nodes_falsenodeids=[0], target_treeids=[0], target_nodeids=[0], target_ids=[2**39],
        target_weights=[1.0])


def vectors_without_end():
    return computing("SVMRegressor", "x", before=filled("x", 4, 1), domain=ML, n_supports=2**62, coefficients=[1.0],
                     support_vectors=[1.0], kernel_type="RBF", rho=[0.0], kernel_params=[1.0, 1.0, 1.0])


def vectors_of_many_rows():
    """10,000 vectors for 2^16 rows."""
    return computing("SVMRegressor", "x", before=filled("x", 1 << 16, 8), domain=ML, n_supports=10_000,
                     coefficients=[1.0] * 10_000, support_vectors=[1.0] * 80_000, kernel_type="RBF", rho=[0.0],
                     kernel_params=[1.0, 1.0, 1.0])


def vectors_of_many_classes():
    """A vote of each pair of 20,000 classes."""
    count = 20_000
    return computing(
        "SVMClassifier", "x", before=filled("x", 64, 1), domain=ML, classlabels_ints=list(range(count)),
        vectors_per_class=[1] * count, coefficients=[1.0] * count, support_vectors=[1.0] * count, rho=[0.0],
        kernel_type="LINEAR", kernel_params=[1.0, 1.0, 1.0], outputs=("y", "z"))


def linear_classifier_of_many_rows():
    return computing("LinearClassifier", "x", before=filled("x", 1 << 14, 4), domain=ML, coefficients=[1.0] * 80_000,
                     classlabels_ints=list(range(20_000)), outputs=("y", "z"), declared_bytes=1 << 32)


def one_hot_encoder_of_many_categories():
    return computing("OneHotEncoder", "x", before=filled("x", 1 << 20), domain=ML, cats_int64s=list(range(100_000)))


def one_hot_encoder_within_the_limit():
    return computing("OneHotEncoder", "x", before=filled("x", 1 << 12), domain=ML, cats_int64s=list(range(60_000)),
                     declared_bytes=1 << 31)


def features_of_a_huge_width():
    return computing("FeatureVectorizer", "x", "x", before=filled("x", 4, 1), domain=ML,
                     inputdimensions=[2**40, 2**40])


def array_features_by_the_million():
    return computing("ArrayFeatureExtractor", "x", "i", before=filled("x", 1 << 12, 1) + [
        node("Constant", [], ["n"], value_ints=[1 << 20]),
        node("ConstantOfShape", ["n"], ["i"], value=array("", [0]))], domain=ML, declared_bytes=1 << 35)


def categories_by_the_thousand():
    names = [f"{k:x}" for k in range(50_000)]
    texts = helper.make_tensor("s", TEXT, [1], [b"1"])
    return model([
        node("Expand", ["s", "n"], ["x"]),
        node("CategoryMapper", ["x"], ["y"], ML, cats_strings=names, cats_int64s=list(range(50_000)))], [
            texts, array("n", [1 << 22])], declared_bytes=1 << 30)


def categories_for_each_node():
    """600 nodes that share nothing: each makes its table."""
    names = [f"{k:x}" for k in range(200)]
    nodes = [node("CategoryMapper", ["s"], [f"y{k}"], ML, cats_strings=names, cats_int64s=list(range(200)))
             for k in range(500)]
    return model(nodes, [helper.make_tensor("s", TEXT, [1], [b"1"])], outputs=["y0"])


def maps_by_the_row():
    """A map of 20,000 entries for each of 2,000 rows."""
    return computing("ZipMap", "x", before=filled("x", 2_000, 20_000), domain=ML,
                     classlabels_int64s=list(range(20_000)), declared_bytes=1 << 33)


def labels_by_the_million():
    return computing("LabelEncoder", "x", before=[
        node("Constant", [], ["n"], value_ints=[1 << 24]),
        node("ConstantOfShape", ["n"], ["x"], value=array("", [1]))], domain=ML, keys_int64s=[1], values_strings=["a"],
        declared_bytes=1 << 31)


def imputed_by_the_million():
    return computing("Imputer", "x", before=filled("x", 1 << 10, 1 << 14), domain=ML,
                     imputed_value_floats=[1.0] * (1 << 14), replaced_value_float=0.0)
