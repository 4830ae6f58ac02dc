using GridVolunteer.Workloads.OptionPricing.Portfolios;
using GridVolunteer.Workloads.OptionPricing.Statistics;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>
/// Adds up a portfolio: quantities times estimates. Contracts draw their own random numbers, so their errors
/// are independent and squares of them add up.
/// </summary>
internal sealed class ExposureBook
{
    private readonly Total _value = new();
    private readonly List<string> _names = [];
    private readonly Dictionary<string, (Total Delta, Total Vega)> _assets = new(StringComparer.Ordinal);

    /// <summary>Takes a price in; null makes the whole unknown.</summary>
    public void AddPrice(Position position, Estimate? price) => _value.Add(position.Quantity, price);

    /// <summary>Takes the greeks of a contract by a named asset in.</summary>
    public void AddGreeks(string asset, double quantity, Estimate? delta, Estimate? vega)
    {
        if (!_assets.TryGetValue(asset, out var totals))
        {
            totals = (new Total(), new Total());
            _assets.Add(asset, totals);
            _names.Add(asset);
        }

        totals.Delta.Add(quantity, delta);
        totals.Vega.Add(quantity, vega);
    }

    /// <summary>The totals.</summary>
    public PortfolioOutput ToOutput()
    {
        var value = _value.Estimate;
        return new PortfolioOutput(
            Rounding.ToTenDigits(value?.Value),
            Rounding.ToTenDigits(value?.StandardError),
            OutputMaker.Interval(value),
            [.. _names.Select(name => ToOutput(name, _assets[name]))]);
    }

    private static ExposureOutput ToOutput(string name, (Total Delta, Total Vega) totals) => new(
        name,
        Rounding.ToTenDigits(totals.Delta.Estimate?.Value),
        Rounding.ToTenDigits(totals.Delta.Estimate?.StandardError),
        Rounding.ToTenDigits(totals.Vega.Estimate?.Value),
        Rounding.ToTenDigits(totals.Vega.Estimate?.StandardError));

    /// <summary>A sum of independent estimates.</summary>
    private sealed class Total
    {
        private double _sum;
        private double _variance;
        private bool _isKnown = true;

        public Estimate? Estimate => _isKnown ? new Estimate(_sum, Math.Sqrt(_variance)) : null;

        public void Add(double quantity, Estimate? estimate)
        {
            if (estimate is not { } known)
            {
                // What none is held of does not matter.
                _isKnown &= quantity == 0;
                return;
            }

            var error = quantity * known.StandardError;
            _sum += quantity * known.Value;
            _variance += error * error;
        }
    }
}
