using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Makes a checked position of a draft, or notes everything that is wrong with it.</summary>
internal sealed class ContractBuilder(Draft draft, FaultList faults)
{
    private const int NameLengthMax = 100;

    private static readonly string[] Kinds = ["european", "asian", "barrier", "basket"];

    private static readonly Dictionary<string, OptionRight> Rights =
        new() { ["call"] = OptionRight.Call, ["put"] = OptionRight.Put };

    private static readonly Dictionary<string, ContractKind> Averages = new()
    {
        ["arithmetic"] = ContractKind.ArithmeticAsian,
        ["geometric"] = ContractKind.GeometricAsian,
    };

    private static readonly Dictionary<string, BarrierKind> BarrierKinds = new()
    {
        ["upAndOut"] = BarrierKind.UpAndOut,
        ["upAndIn"] = BarrierKind.UpAndIn,
        ["downAndOut"] = BarrierKind.DownAndOut,
        ["downAndIn"] = BarrierKind.DownAndIn,
    };

    private static readonly Dictionary<PortfolioField, string> FieldsOfOneKind = new()
    {
        [PortfolioField.Average] = "asian",
        [PortfolioField.Barrier] = "barrier",
        [PortfolioField.BarrierKind] = "barrier",
        [PortfolioField.Weights] = "basket",
        [PortfolioField.Correlation] = "basket",
    };

    private readonly FieldReader _fields = new(draft, faults);

    /// <summary>As many as there are spots; 0 while those are wrong.</summary>
    private int _assetCount;

    /// <summary>The position; null when something is wrong, and that is noted.</summary>
    public Position? Build()
    {
        CheckName();
        var kind = ReadKind();
        var right = _fields.Word<OptionRight>(PortfolioField.Right, Rights);
        var strike = _fields.Number(PortfolioField.Strike, FieldLimits.Price);
        var maturity = _fields.Number(PortfolioField.Maturity, FieldLimits.Maturity);
        var rate = _fields.Number(PortfolioField.Rate, FieldLimits.Rate);
        var quantity = _fields.Number(PortfolioField.Quantity, FieldLimits.Quantity, defaultValue: 1);
        if (kind is null)
        {
            return null;
        }

        var assets = ReadAssets(kind == "basket");
        var contractKind = ReadContractKind(kind);
        var fixings = ReadFixings(kind);
        var barrier = kind == "barrier" ? _fields.Number(PortfolioField.Barrier, FieldLimits.Price) : 0;
        var barrierKind = kind == "barrier"
            ? _fields.Word<BarrierKind>(PortfolioField.BarrierKind, BarrierKinds)
            : default(BarrierKind);
        var factor = kind == "basket" && _assetCount > 1 ? ReadCorrelation(_assetCount) : [1];
        var names = ReadAssetNames(_assetCount);
        if (!_fields.IsSound)
        {
            return null;
        }

        var contract = new Contract
        {
            Name = draft.Name,
            Kind = contractKind!.Value,
            Right = right!.Value,
            Strike = strike,
            MaturityYears = maturity,
            Rate = rate,
            Assets = assets,
            CorrelationFactor = factor,
            Fixings = fixings,
            Barrier = barrier,
            BarrierKind = barrierKind!.Value,
        };
        foreach (var fault in ContractSense.FaultsOf(contract))
        {
            _fields.Refuse(fault);
        }

        return _fields.IsSound ? new Position(contract, quantity, names) : null;
    }

    private void CheckName()
    {
        if (draft.Values(PortfolioField.Name).Count > 1)
        {
            _fields.Refuse("name has several values, but must be one text");
        }
        else if (draft.Name.Length > NameLengthMax || draft.Name.Any(char.IsControl))
        {
            _fields.Refuse($"name must have at most {NameLengthMax} characters and be on one line");
        }
    }

    private string? ReadKind()
    {
        var values = draft.Values(PortfolioField.Kind);
        var kind = values.Count == 1 ? Array.Find(Kinds, k => k == FieldNames.Key(values[0])) : null;
        if (kind is null)
        {
            var known = string.Join(", ", Kinds);
            _fields.Refuse(values.Count == 0
                ? $"kind is missing: one of {known}"
                : $"kind is '{FieldNames.Shown(string.Join(';', values))}', but must be one of {known}");
            return null;
        }

        foreach (var (field, _) in FieldsOfOneKind.Where(f => f.Value != kind))
        {
            _fields.RefuseGiven(field, kind);
        }

        return kind;
    }

    private ContractKind? ReadContractKind(string kind) => kind switch
    {
        "european" => ContractKind.European,
        "barrier" => ContractKind.Barrier,
        "basket" => ContractKind.Basket,
        _ => _fields.Word<ContractKind>(PortfolioField.Average, Averages, ContractKind.ArithmeticAsian),
    };

    private int ReadFixings(string kind)
    {
        if (kind is "european" or "basket")
        {
            _fields.RefuseGiven(PortfolioField.Fixings, kind);
            return 1;
        }

        var fixings = _fields.Number(PortfolioField.Fixings, FieldLimits.Fixings);
        if (!double.IsNaN(fixings) && fixings != Math.Floor(fixings))
        {
            _fields.Refuse($"fixings is {FieldLimits.Text(fixings)}, but must be a whole number");
        }

        return double.IsNaN(fixings) ? 1 : (int)fixings;
    }

    private IReadOnlyList<Asset> ReadAssets(bool isBasket)
    {
        int? count = isBasket ? null : 1;
        var spots = _fields.Numbers(PortfolioField.Spot, FieldLimits.Spot, count);
        if (isBasket && spots.Length is 1 or > Portfolio.BasketAssetsMax)
        {
            _fields.Refuse($"a basket has 2 to {Portfolio.BasketAssetsMax} assets, but spot has "
                + $"{spots.Length} values (in a list they are separated by ';')");
            return [];
        }

        _assetCount = spots.Length;

        // Without spots the number of assets is unknown, but the other lists can still be checked one by one.
        count = spots.Length > 0 ? spots.Length : count;
        var volatilities = _fields.Numbers(PortfolioField.Volatility, FieldLimits.Volatility, count);
        var yields = _fields.Numbers(PortfolioField.DividendYield, FieldLimits.Rate, count, defaultValue: 0);
        var weights = isBasket
            ? _fields.Numbers(PortfolioField.Weights, FieldLimits.Weight, count)
            : [1];
        if (!_fields.IsSound)
        {
            return [];
        }

        if (weights.All(weight => weight == 0))
        {
            _fields.Refuse("all weights are 0: one at least must not be");
        }

        return [.. spots.Select((spot, i) => new Asset(spot, volatilities[i], yields[i], weights[i]))];
    }

    private IReadOnlyList<string?> ReadAssetNames(int assets)
    {
        var names = draft.Values(PortfolioField.Asset);
        if (names.Count == 0)
        {
            return new string?[assets];
        }

        if (assets > 0 && names.Count != assets)
        {
            _fields.Refuse($"asset has {names.Count} names, but the contract has {assets} assets");
        }

        if (names.Any(name => name.Length is 0 or > NameLengthMax || name.Any(char.IsControl)))
        {
            _fields.Refuse($"names of assets must have 1 to {NameLengthMax} characters and be on one line");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            _fields.Refuse("an asset is named twice: add up its weights");
        }

        return [.. names];
    }

    private double[] ReadCorrelation(int assets)
    {
        var matrix = CorrelationReader.Read(draft.Values(PortfolioField.Correlation), assets, _fields.Refuse);
        if (matrix is null)
        {
            return [];
        }

        var factor = CorrelationFactor.Of(matrix);
        if (factor is null)
        {
            _fields.Refuse("the correlation is not positive definite: no assets can move like that "
                + "(two that are correlated by 1 are one asset)");
        }

        return factor ?? [];
    }
}
