"""Words for columns and rows that are not their names: abbreviations, yes/no columns, days, nouns for the rows."""

from __future__ import annotations

import pytest

import nexus_jupyter as nexus
from nexus_jupyter.language.abbreviations import short_for


@pytest.fixture(scope="module")
def stays():
    import pandas as pd

    n = 80
    return pd.DataFrame(
        {
            "stay_id": range(1000, 1000 + n),
            "GuestName": [("Ada", "Bo", "Cy", "Di", "Ed")[i % 5] for i in range(n)],
            "LOS_days": [1 + (i * 7) % 9 for i in range(n)],
            "roomTemp_C": [18.5 + i % 6 for i in range(n)],
            "gdpPercap": [1000.5 + 13 * i for i in range(n)],
            "avgSpend": [40.25 + (i * 11) % 37 for i in range(n)],
            "is_member": [i % 3 == 0 for i in range(n)],
            "Insured": ["Y" if i % 4 else "N" for i in range(n)],
            "smoker": ["Yes" if i % 5 == 0 else "No" for i in range(n)],
            "arrivedOn": pd.date_range("2023-11-20", periods=n, freq="D"),
        }
    )


def value(question, frame, name="stays"):
    answer = nexus.ask(question, data={name: frame})
    assert answer.status == "answered", answer.text
    return answer.value if answer.value is not None else answer.table.to_numpy().tolist()


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("average length of stay", lambda s: s.LOS_days.mean()),
        ("mean gdp per capita", lambda s: s.gdpPercap.mean()),
        ("average room temperature", lambda s: s.roomTemp_C.mean()),
        ("how many insured stays", lambda s: int((s.Insured == "Y").sum())),
        ("how many uninsured stays", lambda s: int((s.Insured == "N").sum())),
        ("how many smokers are there", lambda s: int((s.smoker == "Yes").sum())),
        ("average length of stay of non-smokers", lambda s: s[s.smoker == "No"].LOS_days.mean()),
        ("what percentage of stays are insured", lambda s: 100 * (s.Insured == "Y").mean()),
        ("how many guests arrived on December 3", lambda s: int((s.arrivedOn == "2023-12-03").sum())),
        ("median room temperature of insured guests", lambda s: s[s.Insured == "Y"].roomTemp_C.median()),
        ("how many guests arrived in December 2023", lambda s: s[s.arrivedOn.dt.month == 12].GuestName.nunique()),
        ("how many stays since 2024", lambda s: int((s.arrivedOn.dt.year >= 2024).sum())),
    ],
)
def test_words_find_the_columns_that_they_mean(stays, question, gold):
    assert value(question, stays) == pytest.approx(gold(stays))


@pytest.mark.parametrize(
    "question", ["average wellness of guests", "how many zorbic stays", "average lost days", "mean interest", "how many unhappy stays"]
)
def test_words_that_only_begin_like_a_column_stay_unknown(stays, question):
    assert nexus.ask(question, data={"stays": stays}).status != "answered"


@pytest.mark.parametrize(
    ("part", "word", "fits"),
    [
        ("exp", "expectancy", True),
        ("amt", "amount", True),
        ("dept", "department", True),
        ("exp", "explore", True),
        ("hand", "handed", True),
        ("dpt", "attempt", False),
        ("la", "lamp", False),
    ],
)
def test_a_part_of_a_name_is_short_for_a_word(part, word, fits):
    assert short_for(part, word) is fits


def test_decimal_numbers_that_begin_and_end_whole_are_no_keys(stays):
    assert (
        value("total tip", stays.assign(tip=[1.0, 10.0, *(1.5 + i / 7 for i in range(len(stays) - 2))]).rename(columns={"stay_id": "n"}))
        > 1
    )


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("average cups on weekends", lambda c: c[c.day.isin(["Sat", "Sun"])].cups.mean()),
        ("total cups on Monday", lambda c: c[c.day == "Mon"].cups.sum()),
        ("total cups on weekdays", lambda c: c[~c.day.isin(["Sat", "Sun"])].cups.sum()),
    ],
)
def test_days_are_known_by_their_full_names(question, gold):
    import pandas as pd

    cups = pd.DataFrame({"day": ["Mon", "Tue", "Sat", "Sun"] * 5, "cups": range(3, 23)})
    assert value(question, cups) == pytest.approx(gold(cups))


def test_a_sentence_says_which_rows_its_number_is_of(stays):
    answer = nexus.ask("how many uninsured stays", data={"stays": stays})
    assert "where Insured is “N”" in answer.text


def test_the_most_of_a_verb_is_the_most_of_what_it_speaks_of():
    import pandas as pd

    staff = pd.DataFrame({"name": [f"P{i}" for i in range(12)], "annual_salary": [30000 + 700 * i for i in range(12)]})
    assert nexus.ask("who earns the most", data={"staff": staff}).table.to_numpy().tolist() == [["P11", 37700]]


def test_one_total_is_told_as_a_part_of_another():
    import pandas as pd

    sales = pd.DataFrame({"shop": ["a", "b"] * 4, "cost": [2.0, 3, 4, 5, 6, 7, 8, 9], "revenue": [10.0, 11, 12, 13, 14, 15, 16, 17]})
    got = nexus.ask("cost as a percentage of revenue by shop", data={"sales": sales}).table.to_numpy().tolist()
    totals = sales.groupby("shop")[["cost", "revenue"]].sum()
    assert [row[1] for row in got] == pytest.approx((100 * totals.cost / totals.revenue).tolist())


@pytest.fixture(scope="module")
def log():
    import pandas as pd

    n = 120
    return pd.DataFrame(
        {
            "ts": pd.date_range("2024-03-01", periods=n, freq="7h"),
            "ip": [f"10.0.0.{i % 9}" for i in range(n)],
            "response_ms": [20.5 + (i * 13) % 71 for i in range(n)],
            "temp_c": [15.0 + i % 11 for i in range(n)],
            "currency": [("EUR", "USD", "GBP")[i % 3] for i in range(n)],
        }
    )


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("how many requests are there", len),
        ("how many requests in euros", lambda w: int((w.currency == "EUR").sum())),
        ("how many distinct IPs on March 10", lambda w: w[w.ts.dt.strftime("%m-%d") == "03-10"].ip.nunique()),
        ("median response time", lambda w: w.response_ms.median()),
        ("how many requests above 20 degrees", lambda w: int((w.temp_c > 20).sum())),
    ],
)
def test_records_units_and_days_are_understood(log, question, gold):
    assert value(question, log, "weblog") == pytest.approx(gold(log))


def test_by_hour_means_the_hours_of_the_day_over_many_days(log):
    got = nexus.ask("average response time by hour", data={"weblog": log}).table
    assert len(got) == log.ts.dt.hour.nunique()


def test_duplicate_rows_are_counted():
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 1, 2, 2, 2], "b": list("xxyyz")})
    assert nexus.ask("are there any duplicate rows?", data={"d": frame}).value == 2


@pytest.fixture(scope="module")
def days():
    import pandas as pd

    n = 500
    return pd.DataFrame(
        {
            "date": pd.date_range("2021-01-01", periods=n, freq="D"),
            "Demand (kWh)": [20.25 + (i * 17) % 31 - (i // 31 % 12) for i in range(n)],
            "Solar (kWh)": [5.5 + (i * 7) % 45 for i in range(n)],
            "holiday": ["Y" if i % 29 == 0 else "N" for i in range(n)],
            "city": [("Boston, MA", "Austin, TX")[i % 2] for i in range(n)],
            "country_code": [("DE", "FR", "US")[i % 3] for i in range(n)],
        }
    )


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("which year had the highest total demand", lambda d: d.groupby(d.date.dt.year)["Demand (kWh)"].sum().idxmax()),
        ("which weekday has the lowest average demand", lambda d: d.groupby(d.date.dt.day_name())["Demand (kWh)"].mean().idxmin()),
        ("in which year was the average demand lowest", lambda d: d.groupby(d.date.dt.year)["Demand (kWh)"].mean().idxmin()),
    ],
)
def test_a_period_is_chosen_by_what_is_measured_in_it(days, question, gold):
    assert value(question, days, "energy")[0][0] == gold(days)


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("how many days had a demand above 40", lambda d: int((d["Demand (kWh)"] > 40).sum())),
        ("how many days did solar exceed demand", lambda d: int((d["Solar (kWh)"] > d["Demand (kWh)"]).sum())),
        ("average demand in Boston", lambda d: d[d.city == "Boston, MA"]["Demand (kWh)"].mean()),
        ("average demand in Germany", lambda d: d[d.country_code == "DE"]["Demand (kWh)"].mean()),
    ],
)
def test_days_and_parts_of_values_are_known(days, question, gold):
    assert value(question, days, "energy") == pytest.approx(gold(days))


@pytest.mark.parametrize("question", ["which month had the fewest holidays", "what does the energy cost"])
def test_what_would_be_a_guess_is_not_answered(days, question):
    assert nexus.ask(question, data={"energy": days}).status != "answered"


def test_rows_that_stand_for_several_are_added_up():
    import pandas as pd

    medals = pd.DataFrame({"nation": ["Korea", "China"] * 2, "medal": ["gold", "gold", "silver", "silver"], "count": [24, 10, 13, 15]})
    assert nexus.ask("how many medals did China win", data={"medals_long": medals}).value == 25


def test_a_share_of_respondents_does_not_add_up_their_numbers():
    import pandas as pd

    survey = pd.DataFrame({"Respondent": range(1, 41), "Has subscription": ["yes", "no", "no", "yes", "no"] * 8})
    assert nexus.ask("what percentage of respondents have a subscription", data={"survey": survey}).value == pytest.approx(40)


def test_so_much_per_measure_is_a_ratio_and_no_group():
    import pandas as pd

    homes = pd.DataFrame({"askingPrice": [100_000 + 7_000 * i for i in range(60)], "sqft": [500 + 37 * i for i in range(60)]})
    got = nexus.ask("average price per square foot", data={"homes": homes}).value
    assert got == pytest.approx(homes.askingPrice.sum() / homes.sqft.sum())
