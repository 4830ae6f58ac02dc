namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// The names of fields as people write them: case, spaces, hyphens, underscores and a plural's s do not
/// matter.
/// </summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, PortfolioField> ByKey =
        Enum.GetValues<PortfolioField>().ToDictionary(field => Key(Of(field)));

    /// <summary>All names, in the order in which they are documented.</summary>
    public static IEnumerable<string> All => Enum.GetValues<PortfolioField>().Select(Of);

    /// <summary>The name as it is documented.</summary>
    public static string Of(PortfolioField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The field of that name.</summary>
    public static bool TryFind(string name, out PortfolioField field) =>
        ByKey.TryGetValue(Key(name), out field);

    /// <summary>The sentence that refuses a name nobody knows.</summary>
    public static string Unknown(string what, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var hint = NearMiss.Of(Key(name), names) is { } near ? $", did you mean '{near}'?" : "";
        return $"there is no {what} '{Shown(name)}'{hint} (known: {string.Join(", ", names)})";
    }

    /// <summary>A text of the file as a message may show it: short and on one line.</summary>
    public static string Shown(string text)
    {
        const int LengthMax = 40;
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LengthMax ? line : line[..LengthMax] + "…";
    }

    /// <summary>Two words with equal keys mean the same.</summary>
    public static string Key(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant().TrimEnd('s');
}
