using System.Globalization;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// Market data that a JSON portfolio gives once for all its contracts: assets by name, and how they are
/// correlated.
/// </summary>
internal sealed class SharedAssets
{
    private static readonly PortfolioField[] Shared =
        [PortfolioField.Spot, PortfolioField.Volatility, PortfolioField.DividendYield];

    private readonly List<string> _names = [];
    private readonly List<Dictionary<PortfolioField, string>> _fields = [];
    private double[,]? _correlation;

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>How many there are.</summary>
    public int Count => _names.Count;

    /// <summary>Adds an asset; false when one of that name is there.</summary>
    public bool TryAdd(string name, Dictionary<PortfolioField, string> fields)
    {
        if (_names.Contains(name, StringComparer.Ordinal))
        {
            return false;
        }

        _names.Add(name);
        _fields.Add(fields);
        return true;
    }

    /// <summary>Sets the correlation of all assets, in their order.</summary>
    public void Correlate(double[,] correlation) => _correlation = correlation;

    /// <summary>
    /// Gives a contract that names its assets what it does not say of them itself. What is wrong is noted.
    /// </summary>
    public void Complete(Draft draft, FaultList faults)
    {
        var names = draft.Values(PortfolioField.Asset);
        var places = names.Select(name => _names.IndexOf(name)).ToArray();
        foreach (var (name, _) in names.Zip(places).Where(pair => pair.Second < 0))
        {
            faults.Add(draft.Line, $"{draft.Place}: {FieldNames.Unknown("asset", name, _names)}");
            draft.IsBroken = true;
        }

        if (draft.IsBroken || places.Length == 0)
        {
            return;
        }

        foreach (var field in Shared.Where(f => places.All(place => _fields[place].ContainsKey(f))))
        {
            draft.SetDefault(field, [.. places.Select(place => _fields[place][field])]);
        }

        if (_correlation is not null && places.Length > 1)
        {
            draft.SetDefault(PortfolioField.Correlation,
                [.. from a in places from b in places select _correlation[a, b].ToString(CultureInfo.InvariantCulture)]);
        }
    }
}
