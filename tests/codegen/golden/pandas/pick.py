answer = films[
    films["title"] == "a title that is long enough for a line of its owna title that is long enough for a line of its own"
][["people"]]

answer
