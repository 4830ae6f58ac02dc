using System.Globalization;
using System.Text;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>A report for people.</summary>
internal static class KernelTable
{
    private const int Column = -54;

    /// <summary>The report, a line a figure, and how many times as fast as a peer we are.</summary>
    public static string Of(KernelReport report)
    {
        var text = new StringBuilder();
        var machine = report.Machine;
        Line(text, $"{machine.Processor}, {machine.VectorBits}-bit vectors, {machine.Runtime}, {machine.System}");
        Line(text, $"one thread, processor time; medians of {report.Rounds} rounds of {report.SecondsPerRound} s");
        Line(text, $"peers: {(report.Peers.Count == 0 ? "none" : string.Join(", ", report.Peers))}");
        Line(text, $"");
        Line(text, $"{"Smith-Waterman against proteins-2k",Column} {"GCUPS",8}  times as fast");
        foreach (var query in report.ProteinSearch)
        {
            var name = $"query of {query.QueryLength} residues, {query.Query}";
            Line(text, $"{name,Column} {query.Gcups,8:F2}");
            foreach (var (bits, gcups) in query.GcupsByVectorBits.Where(w => w.Key < machine.VectorBits))
            {
                Line(text, $"{$"  in vectors of {bits} bits",Column} {gcups,8:F2}");
            }

            Protein(text, "striped_avx2_256_sat", query.Gcups, query.ParasailGcups);
            foreach (var (variant, gcups) in query.ParasailOthers)
            {
                Protein(text, variant, query.Gcups, gcups);
            }
        }

        var options = report.OptionPricing;
        Line(text, $"");
        Line(text, $"{"Arithmetic Asian, 252 fixings",Column} {"Msteps/s",8}  times as fast");
        var ours = options.AsianPathStepsPerSecond;
        Line(text, $"{"OptionPricing: price, delta, vega",Column} {ours / 1e6,8:F1}");
        foreach (var (bits, steps) in options.AsianPathStepsPerSecondByVectorBits
            .Where(w => w.Key < machine.VectorBits))
        {
            Line(text, $"{$"  in vectors of {bits} bits",Column} {steps / 1e6,8:F1}");
        }

        var controlled = options.AsianControlledPathStepsPerSecond;
        Line(text, $"{"  antithetic, with its control",Column} {controlled / 1e6,8:F1}");
        Asian(text, "  QuantLib, Monte Carlo engine", ours, options.QuantLibPathStepsPerSecond);
        Asian(text, "  QuantLib, path generator", ours, options.QuantLibPathGeneratorStepsPerSecond);
        Asian(text, "  plain C, Philox and Box-Muller", ours, options.PlainCPhiloxStepsPerSecond);
        Asian(text, "  plain C, xoshiro and ziggurat", ours, options.PlainCZigguratStepsPerSecond);
        foreach (var (name, price) in options.Prices)
        {
            Line(text, $"{$"price by {name}",Column} {price.Price:F5} ± {price.StandardError:F5}");
        }

        return text.ToString().TrimEnd();
    }

    private static void Protein(StringBuilder text, string name, double ours, double? theirs)
    {
        if (theirs is { } rate)
        {
            Line(text, $"{$"  parasail sw_{name}",Column} {rate,8:F2}  {ours / rate:F2}");
        }
    }

    private static void Asian(StringBuilder text, string name, double ours, double? theirs)
    {
        if (theirs is { } rate)
        {
            Line(text, $"{name,Column} {rate / 1e6,8:F1}  {ours / rate:F2}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
