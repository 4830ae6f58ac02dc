using GridVolunteer.Sdk.Plots;
using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Statistics;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>
/// The picture of one contract's convergence: what its price and its 95 % interval would have been after so
/// many paths.
/// </summary>
internal sealed class Convergence(PricingJob job)
{
    private readonly List<double> _paths = [];
    private readonly List<double> _prices = [];
    private readonly List<double> _lows = [];
    private readonly List<double> _highs = [];

    /// <summary>Takes in the sums of a contract's first buckets, if it is the one to be drawn.</summary>
    /// <param name="contract">The contract's place.</param>
    /// <param name="sums">The sums of the first buckets; those of failed units are missing from them.</param>
    /// <param name="control">Its control.</param>
    public void Add(int contract, SampleSums sums, ControlKind control)
    {
        if (contract != job.Plotted || sums.Samples < Regression.SamplesMin)
        {
            return;
        }

        var priced = job.Portfolio.Positions[contract].Contract;
        double? mean = control == ControlKind.None ? null : ControlMean.Of(priced, control);
        var price = new Regression(sums, mean).Of(Quantity.Payoff);
        _paths.Add(sums.Samples * job.Parameters.PathsPerSample);
        _prices.Add(Digits(price.Value));
        _lows.Add(Digits(price.Low));
        _highs.Add(Digits(price.High));
    }

    /// <summary>The picture; none without samples.</summary>
    public IReadOnlyList<Plot> ToPlots()
    {
        if (_paths.Count == 0)
        {
            return [];
        }

        var contract = job.Portfolio.Positions[job.Plotted].Contract;
        var series = new List<PlotSeries>
        {
            new("95 % interval", PlotKind.Band, _paths, _lows) { High = _highs },
            new("price", PlotKind.Line, _paths, _prices),
        };
        if (ClosedForm.Of(contract) is { } form)
        {
            var value = Digits(form.Price.Value);
            series.Add(new PlotSeries(form.Formula, PlotKind.Line, [_paths[0], _paths[^1]], [value, value]));
        }

        return
        [
            new Plot(
                $"Convergence of {contract.Name}",
                new PlotAxis("paths", Logarithmic: true),
                new PlotAxis("price"),
                series),
        ];
    }

    private static double Digits(double value) => Rounding.ToTenDigits(value) ?? 0;
}
