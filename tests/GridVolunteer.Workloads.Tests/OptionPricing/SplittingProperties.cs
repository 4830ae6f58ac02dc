using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Workloads.OptionPricing;
using GridVolunteer.Workloads.OptionPricing.Slices;
using static GridVolunteer.Workloads.Tests.OptionPricing.PricingRun;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>How paths are split into units and how results are merged does not show in the output.</summary>
public sealed class SplittingProperties : IDisposable
{
    private const string Parameters = """ "paths": 2000, "seed": 3 """;

    private const string AllKinds = """
        name,kind,right,strike,maturity,spot,volatility,rate,fixings,average,barrier,barrierKind,weights,correlation
        asian,asian,call,100,1,100,0.2,0.05,12,,,,,
        european,european,put,110,0.5,100,0.3,0.03,,,,,,
        geometric,asian,put,100,1,100,0.3,0.03,7,geometric,,,,
        barrier,barrier,call,100,1,100,0.25,0.03,9,,80,downAndOut,,
        basket,basket,call,95,1,100;90,0.2;0.3,0.02,,,,,0.5;0.5,0.4
        spread,basket,call,5,1,100;90,0.2;0.3,0.02,,,,,1;-1,0.4
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;
    private readonly string _path;
    private readonly Lazy<string> _expected;

    public SplittingProperties()
    {
        _path = Path.Combine(_folder, "portfolio.csv");
        File.WriteAllText(_path, AllKinds);
        _expected = new(() => Run(1L << 40, 64));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Property(MaxTest = 25)]
    public Property Output_IsTheSameForAnyUnitsAndAnyMergeTree() => Prop.ForAll(
        Arb.From(
            from digits in Gen.Choose(12, 20)
            from steps in Gen.Choose(1 << (digits - 1), 1 << digits)
            from fanIn in Gen.Choose(2, 9)
            select (steps, fanIn)),
        cut => _expected.Value == Run(cut.steps, cut.fanIn));

    [Property(MaxTest = 200)]
    public Property Slices_CoverEverySampleOnceInOrder() => Prop.ForAll(
        Arb.From(
            from contracts in Gen.Choose(1, 40)
            from fixings in Gen.Choose(1, 300)
            from paths in Gen.Choose(50, 5000)
            from steps in Gen.Choose(1, 100_000)
            select (contracts, fixings, paths, steps)),
        plan =>
        {
            var text = new StringBuilder("kind,right,strike,maturity,spot,volatility,rate,fixings\n");
            for (var i = 0; i < plan.contracts; i++)
            {
                text.Append(i % 3 == 0
                    ? $"asian,call,100,1,100,0.2,0,{plan.fixings}\n"
                    : "european,call,100,1,100,0.2,0,\n");
            }

            var parameters = new PricingParameters(Paths: 2L * plan.paths, UnitSteps: plan.steps);
            var slices = new SlicePlanner(PortfolioText.Read(text.ToString()), parameters).Cut();
            return Covers(slices, plan.contracts, plan.paths);
        });

    private static bool Covers(IReadOnlyList<PathSlice> slices, int contracts, long samples)
    {
        var (contract, sample) = (0, 0L);
        foreach (var slice in slices)
        {
            if (slice.Contract != contract || slice.Sample != sample || slice.EndSample > samples
                || (slice.EndContract, slice.EndSample).CompareTo((contract, sample)) <= 0)
            {
                return false;
            }

            (contract, sample) = slice.EndSample == samples ? (slice.EndContract + 1, 0) : (slice.EndContract, slice.EndSample);
        }

        return contract == contracts && sample == 0;
    }

    private string Run(long unitSteps, int fanIn)
    {
        var job = OfFile(_path).PlanAsync($$"""{ {{Parameters}}, "unitSteps": {{unitSteps}} }""").Result;
        job.FanIn = fanIn;
        return Encoding.UTF8.GetString(job.RunToBytesAsync().Result);
    }
}
