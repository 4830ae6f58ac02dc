using System.Globalization;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>Nodes of this library.</summary>
/// <param name="loss">The share of datagrams that is lost.</param>
/// <param name="joins">In how many groups they all are.</param>
internal sealed class MemberFleet(double loss = 0, int joins = 0) : Fleet
{
    private readonly Dictionary<(int Member, string Group), int> _views = [];

    public int Joins { get; } = joins;

    public SortedDictionary<int, MemberProcess> Members { get; } = [];

    /// <summary>How often a process was suspected.</summary>
    public int Suspicions { get; private set; }

    /// <summary>What all of them have used so far.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(Members.Values.Sum(m => m.ProcessorTime.Ticks));

    public override void Dispose()
    {
        foreach (var member in Members.Values)
        {
            member.Kill();
        }

        foreach (var member in Members.Values)
        {
            member.Dispose();
        }
    }

    protected override void Begin(int number)
    {
        // The first is never killed, and is the one whom newcomers greet.
        var seed = number == 1 ? null : Members[1].EndPoint;
        Members[number] = MemberProcess.Start(number, seed, loss, Joins, Hear);
    }

    protected override async Task ReadyAsync(IReadOnlyList<int> numbers)
    {
        foreach (var number in numbers)
        {
            await Members[number].UntilAsync("at");
            await Members[number].UntilAsync("ready");
        }
    }

    protected override void End(int number)
    {
        Members.Remove(number, out var member);
        member!.Kill();
        member.Dispose();
    }

    protected override Task UntilAllKnowAllAsync() => UntilAsync(
        () => KnowAll() && _views.Count == Numbers.Count * Joins && _views.Values.All(v => v == Numbers.Count),
        Joins > 0 ? "all know all, and are in one view" : "all know all");

    private void Hear(MemberProcess by, string[] words)
    {
        switch (words[0])
        {
            case "suspected":
                Change(() => Suspicions++);
                break;
            case "view":
                Change(() => _views[(by.Number, words[1])] = int.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "failed" or "there":
                Note(
                    by.Number, int.Parse(words[1], CultureInfo.InvariantCulture), words[0] == "there",
                    long.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            default:
                Console.Error.WriteLine($"{by.Number}: {string.Join(' ', words)}");
                break;
        }
    }
}
