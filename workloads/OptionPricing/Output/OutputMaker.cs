using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Portfolios;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Statistics;
using GridVolunteer.Workloads.OptionPricing.Sums;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>
/// Makes the output of a job's sums. Numbers have ten significant digits and follow from whole numbers by
/// IEEE operations and portable functions, so that every machine writes the same bytes.
/// </summary>
internal sealed class OutputMaker(PricingJob job)
{
    private readonly ExposureBook _exposures = new();

    /// <summary>The output.</summary>
    public PricingOutput Make(PartialSums merged)
    {
        var parts = merged.Parts.ToLookup(part => part.Contract);
        var contracts = new List<ContractOutput>();
        var convergence = new Convergence(job);
        for (var i = 0; i < job.Portfolio.Positions.Count; i++)
        {
            var sampler = job.NewSampler(i);
            var total = new SampleSums(sampler.Units);
            foreach (var part in parts[i])
            {
                total.Add(SampleSums.FromText(sampler.Units, part.Text));
                convergence.Add(i, total, sampler.Control);
            }

            contracts.Add(MakeContract(job.Portfolio.Positions[i], sampler, total));
        }

        return new PricingOutput(_exposures.ToOutput(), contracts, convergence.ToPlots());
    }

    private ContractOutput MakeContract(Position position, ContractSampler sampler, SampleSums sums)
    {
        var contract = position.Contract;
        var hasControl = sampler.Control != ControlKind.None;
        double? controlMean = hasControl ? ControlMean.Of(contract, sampler.Control) : null;
        var regression = new Regression(sums, controlMean);
        var isEstimated = sums.Samples >= Regression.SamplesMin;
        Estimate? price = isEstimated ? regression.Of(Quantity.Payoff) : null;
        _exposures.AddPrice(position, price);
        var missing = job.Parameters.Samples - sums.Samples;
        return new ContractOutput(
            contract.Name,
            CamelCase(contract.Kind.ToString()),
            position.Quantity,
            sums.Samples * job.Parameters.PathsPerSample,
            missing * job.Parameters.PathsPerSample,
            sums.Samples,
            Rounding.ToTenDigits(price?.Value),
            Rounding.ToTenDigits(price?.StandardError),
            Interval(price),
            [
                .. contract.Assets.Select(
                    (_, i) => MakeAsset(position, sampler, isEstimated ? regression : null, i)),
            ],
            hasControl && isEstimated ? MakeControl(sampler.Control, controlMean, regression) : null,
            ClosedForm.Of(contract) is { } form ? MakeClosedForm(form) : null);
    }

    private static ControlOutput MakeControl(ControlKind control, double? mean, Regression regression) => new(
        CamelCase(control.ToString()),
        Rounding.ToTenDigits(mean),
        Rounding.ToTenDigits(regression.Beta(Quantity.Payoff)),
        Rounding.ToTenDigits(regression.VarianceReduction(Quantity.Payoff)));

    private AssetOutput MakeAsset(
        Position position, ContractSampler sampler, Regression? regression, int asset)
    {
        var delta = regression?.Of(Quantity.Delta, asset);
        var vega = regression?.Of(Quantity.Vega, asset);
        var name = position.AssetNames[asset];
        if (name is not null)
        {
            _exposures.AddGreeks(name, position.Quantity, delta, vega);
        }

        return new AssetOutput(
            name, MakeGreek(delta, sampler.DeltaMethod), MakeGreek(vega, sampler.VegaMethod));
    }

    private static GreekOutput MakeGreek(Estimate? greek, GreekMethod method) => new(
        Rounding.ToTenDigits(greek?.Value),
        Rounding.ToTenDigits(greek?.StandardError),
        CamelCase(method.ToString()));

    private static ClosedFormOutput MakeClosedForm(ClosedForm form) => new(
        form.Formula,
        form.IsExact,
        Rounding.ToTenDigits(form.Price.Value),
        Rounding.ToTenDigits(form.Price.BySpot),
        Rounding.ToTenDigits(form.Price.ByVolatility));

    /// <summary>The 95 % interval's ends, or null.</summary>
    internal static IReadOnlyList<double?>? Interval(Estimate? estimate) => estimate is { } e
        ? [Rounding.ToTenDigits(e.Low), Rounding.ToTenDigits(e.High)]
        : null;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
