"""Fitted models as statsmodels and scikit-learn code over a pandas table, which both dialects hand over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nexus_jupyter.codegen.chain import Chain, call
from nexus_jupyter.codegen.literals import literal, names, number, text
from nexus_jupyter.codegen.significance import Cells
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.models import LINEAR, Cluster, Fit, Predict, Terms
from nexus_jupyter.plan.step import Step

Rows = Callable[[Step, tuple[str, ...], Writer], str]
"""Writes the complete rows of some columns as a pandas table in a variable."""

ESTIMATORS = {
    "linear": ("LinearRegression", "LinearRegression"),
    "ridge": ("Ridge", "Ridge"),
    "lasso": ("Lasso", "Lasso"),
    "logistic": ("", "LogisticRegression"),
    "tree": ("DecisionTreeRegressor", "DecisionTreeClassifier"),
    "forest": ("RandomForestRegressor", "RandomForestClassifier"),
    "boosting": ("GradientBoostingRegressor", "GradientBoostingClassifier"),
    "knn": ("KNeighborsRegressor", "KNeighborsClassifier"),
    "svm": ("SVR", "SVC"),
    "bayes": ("", "GaussianNB"),
}
RANDOM = frozenset({"tree", "forest", "boosting"})
SCALERS = {"standard": "StandardScaler", "minmax": "MinMaxScaler"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The variables of a fitted model: features and target that it was fitted to, the model, whether statsmodels fitted it."""

    x: str
    y: str
    model: str
    inference: bool
    scaler: str
    cells: Cells


def fitted(step: Fit, writer: Writer, rows_of: Rows) -> Fitted:
    """Write the fit once, and give its variables and scores."""
    if step not in writer.models:
        writer.models[step] = _fitted(step, writer, rows_of)
    found = writer.models[step]
    assert isinstance(found, Fitted)
    return found


def _fitted(step: Fit, writer: Writer, rows_of: Rows) -> Fitted:
    rows = rows_of(step.input, (*step.features, step.target), writer)
    x, y = writer.fresh("x"), writer.fresh("y")
    schema = step.input.schema
    if any(c.kind is Kind.STRING for c in schema.only(step.features)):
        writer.emit(f"{x} = {rows}[{names(step.features)}]")
        writer.emit(f"{x} = {writer.use('pd')}.get_dummies({x}, drop_first=True).astype(float)")
    else:
        writer.emit(f"{x} = {rows}[{names(step.features)}].astype(float)")
    writer.emit(f"{y} = {rows}[{text(step.target)}]" + (".astype(int)" if schema.column(step.target).kind is Kind.BOOLEAN else ""))
    x_train, y_train, x_test, y_test = x, y, x, y
    if step.test_size is not None:
        x_train, x_test, y_train, y_test = (writer.fresh(w) for w in ("x_train", "x_test", "y_train", "y_test"))
        more = [f"stratify={y}"] if step.stratify else []
        more += [f"random_state={writer.constant('SEED', str(step.seed))}"] if step.shuffle else ["shuffle=False"]
        split = call(writer.use("train_test_split"), x, y, f"test_size={writer.constant('TEST_SIZE', number(step.test_size))}", *more)
        writer.emit(f"{x_train}, {x_test}, {y_train}, {y_test} = {split}")
    scaler = ""
    if step.scale != "none":
        scaler = writer.fresh("scaler")
        writer.emit(f'{scaler} = {writer.use(SCALERS[step.scale])}().set_output(transform="pandas").fit({x_train})')
        for part in dict.fromkeys((x_train, x_test)):
            writer.emit(f"{part} = {scaler}.transform({part})")
    sizes = {"n": f"len({rows})", "n_train": f"len({x_train})", "n_test": f"len({x_test})" if step.test_size is not None else "0"}
    inference = step.kind == "linear" and step.task == "regression" and step.test_size is None and not step.settings and step.folds is None
    model = writer.fresh("model")
    if inference:
        sm = writer.use("sm")
        writer.emit(f"{model} = {sm}.OLS({y}, {sm}.add_constant({x})).fit()")
        cells = {**sizes, **_least_squares(step, model, writer)}
    else:
        writer.emit(f"{model} = {_estimator(step, writer)}.fit({x_train}, {y_train})")
        cells = {**sizes, **(_scores(step, model, x_test, y_test, writer) if step.folds is None else _validated(step, (x, y), writer))}
        if step.kind in LINEAR:
            cells |= _linear(step, model, (x_train, y_train), writer)
    return Fitted(x=x_train, y=y_train, model=model, inference=inference, scaler=scaler, cells=cells)


def _estimator(step: Fit, writer: Writer) -> str:
    name = writer.use(ESTIMATORS[step.kind][step.task == "classification"])
    given = {s.name for s in step.settings}
    arguments = [f"{s.name}={literal(s.value)}" for s in step.settings]
    if step.kind == "logistic" and "max_iter" not in given:
        arguments.append("max_iter=1000")
    if step.kind in RANDOM and "random_state" not in given:
        arguments.append(f"random_state={writer.constant('SEED', str(step.seed))}")
    return f"{name}({', '.join(arguments)})"


def _least_squares(step: Fit, model: str, writer: Writer) -> Cells:
    cells = {
        "r2": f"{model}.rsquared",
        "adjusted_r2": f"{model}.rsquared_adj",
        "f_statistic": f"{model}.fvalue",
        "p_value": f"{model}.f_pvalue",
        "mse": f"({model}.resid**2).mean()",
        "rmse": f"np.sqrt(({model}.resid**2).mean())",
        "mae": f"{model}.resid.abs().mean()",
        "intercept": f'{model}.params["const"]',
    }
    if "rmse" in writer.need[step]:
        writer.use("np")
    for name in _numeric(step):
        cells[f"coefficient_{name}"] = f"{model}.params[{text(name)}]"
        cells[f"p_value_{name}"] = f"{model}.pvalues[{text(name)}]"
    return cells


def _numeric(step: Fit) -> tuple[str, ...]:
    return tuple(c.name for c in step.input.schema.only(step.features) if c.kind is not Kind.STRING)


def _linear(step: Fit, model: str, train: tuple[str, str], writer: Writer) -> Cells:
    cells = {"intercept": f"{model}.intercept_"}
    need = writer.need[step]
    if need & {f"coefficient_{n}" for n in _numeric(step)}:
        coefficients = writer.fresh("coefficients")
        writer.emit(f"{coefficients} = dict(zip({train[0]}, {model}.coef_))")
        cells |= {f"coefficient_{n}": f"{coefficients}[{text(n)}]" for n in _numeric(step)}
    wanted = {"adjusted_r2", "f_statistic", "p_value", *(f"p_value_{n}" for n in _numeric(step))}
    if step.kind == "linear" and need & wanted:
        least = _inference(step, train, writer)
        cells |= {k: v for k, v in _least_squares(step, least, writer).items() if k in wanted}
    return cells


def _inference(step: Fit, train: tuple[str, str], writer: Writer) -> str:
    """Write the fit that gives p-values."""
    sm, inference, (x, y) = writer.use("sm"), writer.fresh("inference"), train
    if step.kind == "logistic":
        y = f"({y} == {literal(step.positive)}).astype(int)" if step.positive is not None else y
        writer.emit(f"{inference} = {sm}.Logit({y}, {sm}.add_constant({x})).fit(disp=False)")
    else:
        writer.emit(f"{inference} = {sm}.OLS({y}, {sm}.add_constant({x})).fit()")
    return inference


def _scores(step: Fit, model: str, x: str, y: str, writer: Writer) -> Cells:
    need, predicted = writer.need[step], writer.fresh("predicted")
    written = f"{model}.predict({x})"
    if step.kind in LINEAR and step.task == "classification":
        written = f"({written} >= 0.5).astype(int)"
    names_of = {"r2": "r2_score", "mse": "mean_squared_error", "rmse": "root_mean_squared_error", "mae": "mean_absolute_error"}
    if step.task == "classification":
        names_of = {n: f"{n}_score" for n in ("accuracy", "precision", "recall", "f1")}
    wanted = [n for n in names_of if n in need]
    if wanted:
        writer.emit(f"{predicted} = {written}")
    how = f", pos_label={literal(step.positive)}" if step.positive is not None else f', average="{step.average}"'
    zero = ", zero_division=0"
    cells = {}
    for n in wanted:
        more = how + zero if n in {"precision", "recall", "f1"} else ""
        cells[n] = f"{writer.use(names_of[n])}({y}, {predicted}{more})"
    if "auc" in need and step.positive is not None:
        hit = f"{y} == {literal(step.positive)}"
        if step.kind in LINEAR:
            score = f"{model}.predict({x})"
        elif step.kind == "svm":
            score = f"{model}.decision_function({x})"
        else:
            score = writer.fresh("chance")
            writer.emit(f"{score} = {model}.predict_proba({x})[:, list({model}.classes_).index({literal(step.positive)})]")
        cells["auc"] = f"{writer.use('roc_auc_score')}({hit}, {score})"
    return cells


_SCORING = {
    "r2": "r2",
    "mse": "neg_mean_squared_error",
    "rmse": "neg_root_mean_squared_error",
    "mae": "neg_mean_absolute_error",
    "accuracy": "accuracy",
}


def _validated(step: Fit, rows: tuple[str, str], writer: Writer) -> Cells:
    """Write the means of scores over the parts that are held out in turn."""
    cells = {}
    names_of = ("r2", "mse", "rmse", "mae") if step.task == "regression" else ("accuracy", "precision", "recall", "f1", "auc")
    for n in (n for n in names_of if n in writer.need[step]):
        binary = "roc_auc" if n == "auc" else n
        scoring = _SCORING.get(n) or (binary if step.positive is not None else f"{n}_{step.average}")
        folds = writer.constant("FOLDS", str(step.folds))
        mean = call(writer.use("cross_val_score"), _estimator(step, writer), *rows, f"cv={folds}", f'scoring="{scoring}"')
        cells[n] = f"{'-' if scoring.startswith('neg_') else ''}{mean}.mean()"
    return cells


def scored(step: Step, writer: Writer, rows_of: Rows) -> Cells:
    """Give the numbers of a model as expressions, or nothing for other steps."""
    if isinstance(step, Fit):
        return fitted(step, writer, rows_of).cells
    return {"prediction": predicted(step, writer, rows_of)} if isinstance(step, Predict) else {}


def terms(step: Terms, writer: Writer, rows_of: Rows) -> Chain:
    """Write the table of a model's terms, in pandas."""
    fit = step.input
    assert isinstance(fit, Fit)
    found, pd = fitted(fit, writer, rows_of), writer.use("pd")
    if fit.kind in {"tree", "forest", "boosting"}:
        base = f'{pd}.DataFrame({{"term": list({found.x}), "importance": {found.model}.feature_importances_}})'
        return _first(step, Chain(base=base).then("sort_values", '"importance"', "ascending=False", 'kind="stable"', "ignore_index=True"))
    if fit.kind in {"ridge", "lasso"}:
        cells = f'"term": ["intercept", *{found.x}], "coefficient": [{found.model}.intercept_, *{found.model}.coef_]'
        return _first(step, Chain(base=f"{pd}.DataFrame({{{cells}}})"))
    m = found.model if found.inference else _inference(fit, (found.x, found.y), writer)
    table = writer.fresh("terms")
    columns = {"coefficient": "params", "std_error": "bse", "statistic": "tvalues", "p_value": "pvalues"}
    writer.emit(f"{table} = {pd}.DataFrame({{\n" + "".join(f"    {text(c)}: {m}.{a},\n" for c, a in columns.items()) + "})")
    chain = Chain(base=table)
    chain = chain.then("join", f'{m}.conf_int().set_axis(["low", "high"], axis=1)')
    return _first(step, chain.then("rename", 'index={"const": "intercept"}').then("rename_axis", '"term"').then("reset_index"))


def _first(step: Terms, chain: Chain) -> Chain:
    return chain.then("head", str(step.n)) if step.n else chain


def predicted(step: Predict, writer: Writer, rows_of: Rows) -> str:
    """Write the prediction of one case."""
    fit = step.input
    assert isinstance(fit, Fit)
    found, case = fitted(fit, writer, rows_of), writer.fresh("new_case")
    pairs = ", ".join(f"{text(f)}: {literal(v)}" for f, v in zip(fit.features, step.values, strict=True))
    pd = writer.use("pd")
    if len(_numeric(fit)) < len(fit.features):
        writer.emit(
            f"{case} = {pd}.get_dummies({pd}.DataFrame([{{{pairs}}}])).reindex(columns={found.x}.columns, fill_value=0).astype(float)"
        )
    else:
        writer.emit(f"{case} = {pd}.DataFrame([{{{pairs}}}]).astype(float)")
    if found.scaler:
        writer.emit(f"{case} = {found.scaler}.transform({case})")
    if found.inference:
        return f'{found.model}.predict({writer.use("sm")}.add_constant({case}, has_constant="add")).iloc[0]'
    if fit.kind in LINEAR and fit.task == "classification":
        return f"int({found.model}.predict({case})[0] >= 0.5)"
    return f"{found.model}.predict({case})[0]"


def labels(step: Cluster, points: str, writer: Writer) -> str:
    """Write the clusters of points in a variable."""
    kmeans = writer.fresh("kmeans")
    if step.scale != "none":
        writer.emit(f"{points} = {writer.use(SCALERS[step.scale])}().fit_transform({points})")
    k, seed = writer.constant("CLUSTERS", str(step.k)), writer.constant("SEED", str(step.seed))
    writer.emit(f"{kmeans} = {writer.use('KMeans')}(n_clusters={k}, n_init=10, random_state={seed}).fit({points})")
    return f"{kmeans}.labels_"
