using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>What each field allows may still be absurd together.</summary>
internal static class ContractSense
{
    private const double TotalVolatilityMax = 5;

    /// <summary>Payoffs that vary less are lost in the units of their sums.</summary>
    private const double TotalVolatilityMin = 1e-4;
    private const double GrowthMax = 10;
    private const double PriceRatioMax = 1e6;

    /// <summary>What is wrong with a contract whose fields are sound one by one.</summary>
    public static IEnumerable<string> FaultsOf(Contract contract)
    {
        var worth = contract.Assets.Sum(asset => Math.Abs(asset.Weight) * asset.Spot);
        if (contract.Strike / worth is > PriceRatioMax or < 1 / PriceRatioMax)
        {
            yield return $"strike ({FieldLimits.Text(contract.Strike)}) and spot ({FieldLimits.Text(worth)}) "
                + "differ by more than a factor of a million: are they in one unit?";
        }

        var years = contract.MaturityYears;
        var deviations = contract.Assets.Select(asset => asset.Volatility * Math.Sqrt(years)).ToArray();
        if (deviations.Max() > TotalVolatilityMax || deviations.Min() < TotalVolatilityMin)
        {
            yield return $"volatility × √maturity must be from {FieldLimits.Text(TotalVolatilityMin)} to "
                + $"{FieldLimits.Text(TotalVolatilityMax)}: volatility is a fraction a year, "
                + "maturity is in years";
        }

        var growths = contract.Assets.Select(asset => contract.Rate - asset.DividendYield)
            .Append(contract.Rate);
        if (growths.Any(growth => Math.Abs(growth) * years > GrowthMax))
        {
            yield return $"rate × maturity is above {GrowthMax}: rate and dividendYield are fractions a year, "
                + "maturity is in years";
        }

        if (contract.Kind == ContractKind.Barrier && BarrierFault(contract) is { } fault)
        {
            yield return fault;
        }
    }

    private static string? BarrierFault(Contract contract)
    {
        var spot = contract.Assets[0].Spot;
        var isUp = contract.BarrierKind is BarrierKind.UpAndOut or BarrierKind.UpAndIn;
        return (isUp ? spot < contract.Barrier : spot > contract.Barrier)
            ? null
            : $"the barrier ({FieldLimits.Text(contract.Barrier)}) is crossed already: with "
                + $"{(isUp ? "an upper" : "a lower")} one the spot ({FieldLimits.Text(spot)}) must be "
                + $"{(isUp ? "below" : "above")} it";
    }
}
