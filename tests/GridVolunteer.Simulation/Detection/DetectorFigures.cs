using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Detection.Checkers;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Detection;

/// <summary>What detection costs and how long it takes, measured in virtual time on a calm local network.</summary>
public static class DetectorFigures
{
    /// <summary>Bytes that IPv4, UDP and a seal of 8 bytes less than AES-GCM's 28 add to a datagram.</summary>
    private const int HeaderSizeBytes = 28 + 20;

    /// <summary>Writes all figures.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine("Killed, until all survivors know (100 runs each):");
        WriteKill(output, 8);
        WriteKill(output, 64);
        output.WriteLine("False deaths in 10 minutes at 25 % loss:");
        WriteFalseDeaths(output, 8, 50);
        WriteFalseDeaths(output, 64, 5);
        output.WriteLine("Idle, bytes a second that a member sends, headers and seal included:");
        WriteIdle(output, 8);
        WriteIdle(output, 64);
    }

    /// <summary>How long until all survivors know that one of so many was killed.</summary>
    public static TimeSpan Kill(int seed, int size)
    {
        var world = Settled(seed, size, LinkConditions.Calm);
        var victim = world.Simulator.Random.Next(size);
        // At any moment of a period.
        world.Simulator.RunUntil(world.Simulator.Now + TimeSpan.FromSeconds(world.Simulator.Random.NextDouble()));
        world.Crash(victim);
        var killed = world.Simulator.Now;
        var all = world.Simulator.RunUntil(() => AllKnow(world, victim), killed + TimeSpan.FromMinutes(1));
        return all ? world.Simulator.Now - killed : TimeSpan.MaxValue;
    }

    /// <summary>What did not hold in so long at so much loss, among healthy processes.</summary>
    public static IReadOnlyList<string> FalseDeaths(int seed, int size, double loss, TimeSpan duration)
    {
        var world = Settled(seed, size, new LinkConditions { Loss = loss });
        world.Check(new FalseDeathChecker(world));
        world.Run(duration);
        return world.Violations;
    }

    /// <summary>Bytes a second that a member of so many sends while nothing happens.</summary>
    public static double IdleBytesPerSecond(int seed, int size)
    {
        var world = Settled(seed, size, LinkConditions.Calm);
        var (bytes, messages) = (world.Network.BytesSent, world.Network.MessagesSent);
        var duration = TimeSpan.FromMinutes(5);
        world.Run(duration);
        var sent = world.Network.BytesSent - bytes + ((world.Network.MessagesSent - messages) * HeaderSizeBytes);
        return sent / duration.TotalSeconds / size;
    }

    private static DetectorWorld Settled(int seed, int size, LinkConditions conditions)
    {
        var world = new DetectorWorld(seed, size, new DetectorOptions());
        world.Network.Conditions = conditions;
        world.StartAll();
        world.Run(TimeSpan.FromSeconds(40));
        return world;
    }

    private static bool AllKnow(DetectorWorld world, int victim)
    {
        for (var n = 0; n < world.Size; n++)
        {
            if (world.DetectorOf(n) is { } detector
                && detector.StatusOf(SimulatedIds.Of(victim)) != MemberStatus.Dead)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteKill(TextWriter output, int size)
    {
        var times = Enumerable.Range(1, 100).Select(seed => Kill(seed, size).TotalSeconds).Order().ToArray();
        output.WriteLine($"  {size} members: median {times[50]:F2} s, p95 {times[95]:F2} s, most {times[^1]:F2} s");
    }

    private static void WriteFalseDeaths(TextWriter output, int size, int runs)
    {
        var deaths = Enumerable.Range(1, runs)
            .Sum(seed => FalseDeaths(seed, size, 0.25, TimeSpan.FromMinutes(10)).Count);
        output.WriteLine($"  {size} members, {runs} runs: {deaths}");
    }

    private static void WriteIdle(TextWriter output, int size) =>
        output.WriteLine($"  {size} members: {IdleBytesPerSecond(1, size):F0} B/s");
}
