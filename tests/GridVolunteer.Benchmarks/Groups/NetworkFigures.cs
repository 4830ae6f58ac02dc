using System.Diagnostics;
using System.Globalization;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>What is measured with real processes on loopback; each prints a line.</summary>
internal static class NetworkFigures
{
    /// <summary>IP and UDP put 28 bytes before each datagram.</summary>
    private const int PacketHeaderSizeBytes = 28;

    /// <summary>kill -9, until all survivors call the process dead.</summary>
    public static Task KillAsync(int members, int kills) => KillAsync("kill -9", new MemberFleet(), members, kills);

    /// <summary>The same with Serf's agents.</summary>
    public static Task KillSerfAsync(int members, int kills) => KillAsync("Serf: kill -9", new SerfFleet(), members, kills);

    /// <summary>What a member of one group sends and costs while nothing happens.</summary>
    /// <param name="members">How many.</param>
    /// <param name="settleSeconds">How long they are left alone first: starting and compiling are another matter.</param>
    /// <param name="seconds">How long is measured.</param>
    public static async Task IdleAsync(int members, double settleSeconds, double seconds)
    {
        using var fleet = new MemberFleet(joins: 1);
        await fleet.StartAsync(members);
        await Task.Delay(TimeSpan.FromSeconds(settleSeconds));
        var before = await ReadAsync(fleet);
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var after = await ReadAsync(fleet);
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var bytes = (after.Bytes - before.Bytes) / elapsed / members;
        var processor = (after.Processor - before.Processor).TotalSeconds / elapsed / members;
        Print($"idle, {members} members of one group, {elapsed:F0} s: {bytes:F0} B/s sent a member (headers included), "
            + $"{processor:P2} of a core a member");
    }

    /// <summary>Whether anybody healthy is called dead while datagrams are lost.</summary>
    public static async Task LossAsync(int members, double loss, double seconds)
    {
        using var fleet = new MemberFleet(loss);
        await fleet.StartAsync(members);
        var deathsBefore = fleet.Deaths;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Print($"{loss:P0} of datagrams lost, {members} members, {seconds:F0} s: {fleet.Deaths - deathsBefore} false deaths, "
            + $"{fleet.Suspicions} suspicions");
    }

    private static async Task KillAsync(string what, Fleet fleet, int members, int kills)
    {
        using var ends = fleet;
        await fleet.StartAsync(members);
        var deathsBefore = fleet.Deaths;
        List<double> seconds = [];
        var random = new Random(1);
        for (var i = 0; i < kills; i++)
        {
            // At any point of the others' periods; never the first, which newcomers greet.
            await Task.Delay(random.Next(200, 1_200));
            var victim = fleet.Numbers.Where(n => n > 1).ElementAt(random.Next(members - 1));
            seconds.Add((await fleet.KillAsync(victim)).TotalSeconds);
            await fleet.StartAgainAsync(victim);
        }

        seconds.Sort();
        Print($"{what}, {members} members, known to all survivors: median {At(seconds, 0.5):F2} s, p95 {At(seconds, 0.95):F2} s, "
            + $"longest {seconds[^1]:F2} s of {kills}; {fleet.Deaths - deathsBefore - (kills * (members - 1))} calls of others");
    }

    private static async Task<(double Bytes, TimeSpan Processor)> ReadAsync(MemberFleet fleet)
    {
        var answers = await Task.WhenAll(fleet.Members.Values.Select(m => m.AskAsync("stats", "stats")));
        var bytes = answers.Sum(a => (double.Parse(a[1], CultureInfo.InvariantCulture) * PacketHeaderSizeBytes)
            + double.Parse(a[2], CultureInfo.InvariantCulture) + double.Parse(a[3], CultureInfo.InvariantCulture));
        return (bytes, fleet.ProcessorTime);
    }

    private static double At(List<double> sorted, double fraction) =>
        sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * fraction) - 1)];

    private static void Print(string line) => Console.WriteLine(line);
}
