using System.Diagnostics;
using System.Globalization;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>
/// Total order among processes on loopback. All members send, all are told all: at R messages a second, of all together,
/// each member has R deliveries a second. Each rate is measured in the same processes, after they are warm.
/// </summary>
internal static class OrderFigures
{
    /// <summary>Measures each of the rates (messages a second of all together), then the most it takes.</summary>
    public static async Task RunAsync(int members, int groups, double warmUpSeconds, double[] rates, bool presses, double seconds)
    {
        using var fleet = new MemberFleet(joins: groups);
        await fleet.StartAsync(members);
        if (warmUpSeconds > 0)
        {
            // At the first rate and at full load: so that the code of both ways is compiled to the end.
            await MeasureAsync(fleet, $"warm-up at {rates[0]:F0}/s", Offer(fleet, rates[0], warmUpSeconds / 2));
            await MeasureAsync(fleet, "warm-up, all it takes", Press(warmUpSeconds / 2));
        }

        foreach (var rate in rates)
        {
            await MeasureAsync(fleet, $"offered {rate:F0}/s", Offer(fleet, rate, seconds));
        }

        if (presses)
        {
            await MeasureAsync(fleet, "all it takes", Press(seconds));
        }
    }

    private static string Offer(MemberFleet fleet, double rate, double seconds) =>
        FormattableString.Invariant($"offer {rate / fleet.Members.Count} {seconds}");

    private static string Press(double seconds) => FormattableString.Invariant($"press {seconds}");

    private static async Task MeasureAsync(MemberFleet fleet, string what, string command)
    {
        await AskAllAsync(fleet, "reset", "reset");
        var processorBefore = fleet.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var sent = await AskAllAsync(fleet, command, "sent");
        var total = sent.Sum(s => long.Parse(s[1], CultureInfo.InvariantCulture));
        await AskAllAsync(fleet, FormattableString.Invariant($"until {total}"), "reached");
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var processor = (fleet.ProcessorTime - processorBefore).TotalSeconds;
        OrderFigure[] figures = [.. (await AskAllAsync(fleet, "order", "order")).Select(OrderFigure.Of)];
        var isSame = figures.All(f => f.Delivered == total && f.Order == figures[0].Order);
        var deliveries = figures.Min(f => f.Delivered / f.Seconds);
        var microseconds = processor / total / figures.Length * 1e6;
        var where = fleet.Joins > 1 ? FormattableString.Invariant($" of {fleet.Joins} groups at once") : "";
        string Worst(Func<OrderFigure, double> of) => figures.Max(of).ToString("F1", CultureInfo.InvariantCulture);
        Console.WriteLine(FormattableString.Invariant(
            $"total order{where}, 1 KiB, {figures.Length} members, {what}: {deliveries:F0} deliveries/s at the slowest member; ")
            + $"at the worst median {Worst(f => f.MedianMs)} ms, p99 {Worst(f => f.P99Ms)}, p99.9 {Worst(f => f.P999Ms)}, longest {Worst(f => f.LongestMs)}; "
            + FormattableString.Invariant(
                $"{processor / elapsed:F2} cores, {microseconds:F2} us a delivery; {total} sent, {(isSame ? "one order" : "NOT ONE ORDER")}"));
    }

    private static Task<string[][]> AskAllAsync(MemberFleet fleet, string command, string answer) =>
        Task.WhenAll(fleet.Members.Values.Select(m => m.AskAsync(command, answer)));
}
