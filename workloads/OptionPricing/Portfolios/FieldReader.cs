namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Reads the fields of one contract and notes what is wrong with them.</summary>
internal sealed class FieldReader(Draft draft, FaultList faults)
{
    private int _faults;

    /// <summary>Whether nothing was wrong so far.</summary>
    public bool IsSound => _faults == 0;

    /// <summary>Notes a fault of this contract.</summary>
    public void Refuse(string text)
    {
        _faults++;
        faults.Add(draft.Line, $"{draft.Place}: {text}");
    }

    /// <summary>
    /// Refuses a field that says nothing about this kind of contract, unless it is a default.
    /// </summary>
    public void RefuseGiven(PortfolioField field, string kind)
    {
        if (draft.Gives(field))
        {
            Refuse($"{FieldNames.Of(field)} says nothing about a {kind} contract: leave it empty");
        }
    }

    /// <summary>One number; the default, or NaN, when it is missing or wrong, and that is noted.</summary>
    public double Number(PortfolioField field, FieldLimits limits, double? defaultValue = null)
    {
        var values = draft.Values(field);
        if (values.Count == 0)
        {
            return defaultValue ?? Missing(field, limits.Meaning);
        }

        if (values.Count > 1)
        {
            Refuse($"{FieldNames.Of(field)} has {values.Count} values, but must be one: {limits.Meaning}");
            return double.NaN;
        }

        return Parse(field, values[0], limits);
    }

    /// <summary>A number for each asset; empty when they are missing or wrong, and that is noted.</summary>
    /// <param name="field">Which.</param>
    /// <param name="limits">What each may be.</param>
    /// <param name="assets">How many there must be, or null for any.</param>
    /// <param name="defaultValue">What each is when the field is missing; null when it must not be.</param>
    public double[] Numbers(
        PortfolioField field, FieldLimits limits, int? assets, double? defaultValue = null)
    {
        var values = draft.Values(field);
        if (values.Count == 0)
        {
            if (defaultValue is null)
            {
                Missing(field, limits.Meaning);
                return [];
            }

            return [.. Enumerable.Repeat(defaultValue.Value, assets ?? 1)];
        }

        if (assets is { } count && values.Count != count && (values.Count > 1 || !IsShareable(field)))
        {
            Refuse($"{FieldNames.Of(field)} has {values.Count} values, but the contract has {count} assets");
            return [];
        }

        var numbers = values.Select(value => Parse(field, value, limits)).ToArray();
        return numbers.Any(double.IsNaN) ? []
            : assets > numbers.Length ? [.. Enumerable.Repeat(numbers[0], assets.Value)]
            : numbers;
    }

    /// <summary>One of a few words; null when it is missing (unless there is a default) or wrong.</summary>
    public T? Word<T>(PortfolioField field, IReadOnlyDictionary<string, T> words, T? defaultValue = null)
        where T : struct
    {
        var values = draft.Values(field);
        if (values.Count == 0)
        {
            if (defaultValue is null)
            {
                Missing(field, "one of " + string.Join(", ", words.Keys));
            }

            return defaultValue;
        }

        var word = values.Count == 1 ? words.Keys.FirstOrDefault(w => IsWord(values[0], w)) : null;
        if (word is not null)
        {
            return words[word];
        }

        var shown = FieldNames.Shown(string.Join(';', values));
        Refuse($"{FieldNames.Of(field)} is '{shown}', but must be one of {string.Join(", ", words.Keys)}");
        return null;
    }

    private static bool IsWord(string written, string word) =>
        FieldNames.Key(written) == FieldNames.Key(word);

    // One yield for all assets is what somebody means who writes one; one spot for all is a slip.
    private static bool IsShareable(PortfolioField field) =>
        field is PortfolioField.DividendYield or PortfolioField.Volatility or PortfolioField.Weights;

    private double Parse(PortfolioField field, string text, FieldLimits limits)
    {
        if (!NumberText.TryParse(text, out var value, out var fault))
        {
            Refuse($"{FieldNames.Of(field)} is '{FieldNames.Shown(text)}', but {fault}");
            return double.NaN;
        }

        if (limits.Fault(value) is { } limit)
        {
            Refuse($"{FieldNames.Of(field)} is {FieldLimits.Text(value)}, but {limit}");
            return double.NaN;
        }

        return value;
    }

    private double Missing(PortfolioField field, string meaning)
    {
        Refuse($"{FieldNames.Of(field)} is missing: {meaning}");
        return double.NaN;
    }
}
