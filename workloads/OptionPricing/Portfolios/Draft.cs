namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>A contract as it stands in the file, whichever format that has: texts, nothing checked.</summary>
/// <param name="line">The line it begins in, from 1.</param>
/// <param name="number">Its place among the contracts, from 1.</param>
internal sealed class Draft(int line, int number)
{
    private readonly Dictionary<PortfolioField, IReadOnlyList<string>> _fields = [];
    private readonly Dictionary<PortfolioField, IReadOnlyList<string>> _defaults = [];

    /// <summary>The line it begins in, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Its place among the contracts, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Whether what is wrong with it has been said and its fields cannot be told apart.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Its name, or the one it gets when it has none.</summary>
    public string Name =>
        _fields.TryGetValue(PortfolioField.Name, out var name) && name.Count == 1
            ? name[0]
            : $"contract-{Number}";

    /// <summary>Where it is, for messages.</summary>
    public string Place => $"line {Line} ({FieldNames.Shown(Name)})";

    /// <summary>Sets what the contract itself says; false when it says so already.</summary>
    public bool TrySet(PortfolioField field, IReadOnlyList<string> values) => _fields.TryAdd(field, values);

    /// <summary>Sets what holds when the contract itself is silent.</summary>
    public void SetDefault(PortfolioField field, IReadOnlyList<string> values) =>
        _defaults.TryAdd(field, values);

    /// <summary>Whether the contract itself gives the field.</summary>
    public bool Gives(PortfolioField field) => _fields.ContainsKey(field);

    /// <summary>The field's values, the contract's own or the default; empty where there are none.</summary>
    public IReadOnlyList<string> Values(PortfolioField field) =>
        _fields.TryGetValue(field, out var own) ? own
        : _defaults.TryGetValue(field, out var inherited) ? inherited
        : [];
}
