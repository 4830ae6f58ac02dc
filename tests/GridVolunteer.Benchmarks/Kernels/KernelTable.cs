using System.Globalization;
using System.Text;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>A report for people.</summary>
internal static class KernelTable
{
    /// <summary>The report, a line a figure, and how many times as fast as a peer we are.</summary>
    public static string Of(KernelReport report)
    {
        var text = new StringBuilder();
        var machine = report.Machine;
        Line(text, $"{machine.Processor}, vectors of {machine.VectorBits} bits, {machine.Runtime}, {machine.System}");
        Line(text, $"one thread, processor time, medians of {report.Rounds} rounds of {report.SecondsPerRound} s, contenders in turn");
        Line(text, $"peers: {(report.Peers.Count == 0 ? "none" : string.Join(", ", report.Peers))}");
        Line(text, $"");
        Line(text, $"{"Smith-Waterman against proteins-2k",-44} {"GCUPS",8}  times as fast");
        foreach (var query in report.ProteinSearch)
        {
            Line(text, $"{$"query of {query.QueryLength} residues, {query.Query}",-44} {query.Gcups,8:F2}");
            Protein(text, "striped_avx2_256_sat", query.Gcups, query.ParasailGcups);
            foreach (var (name, gcups) in query.ParasailOthers)
            {
                Protein(text, name, query.Gcups, gcups);
            }
        }

        var options = report.OptionPricing;
        Line(text, $"");
        Line(text, $"{"Arithmetic Asian, 252 fixings",-44} {"Msteps/s",8}");
        var ours = options.AsianPathStepsPerSecond;
        Asian(text, "OptionPricing: price, delta, vega", ours, ours);
        Asian(text, "  antithetic, with control", ours, options.AsianControlledPathStepsPerSecond);
        Asian(text, "  QuantLib, Monte Carlo engine", ours, options.QuantLibPathStepsPerSecond);
        Asian(text, "  QuantLib, path generator", ours, options.QuantLibPathGeneratorStepsPerSecond);
        Asian(text, "  plain C, Philox and Box-Muller", ours, options.PlainCPhiloxStepsPerSecond);
        Asian(text, "  plain C, xoshiro and ziggurat", ours, options.PlainCZigguratStepsPerSecond);
        foreach (var (name, price) in options.Prices)
        {
            Line(text, $"price by {name,-42} {price.Price:F5} ± {price.StandardError:F5}");
        }

        return text.ToString().TrimEnd();
    }

    private static void Protein(StringBuilder text, string name, double ours, double? theirs)
    {
        if (theirs is { } rate)
        {
            Line(text, $"{$"  parasail sw_{name}",-44} {rate,8:F2}  {ours / rate:F2}");
        }
    }

    private static void Asian(StringBuilder text, string name, double ours, double? theirs)
    {
        if (theirs is { } rate)
        {
            Line(text, $"{name,-44} {rate / 1e6,8:F1}  {ours / rate:F2}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
