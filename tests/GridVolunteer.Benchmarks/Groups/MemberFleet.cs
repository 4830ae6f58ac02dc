using System.Globalization;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>Measured processes that know each other, and what each has said of the others.</summary>
internal sealed class MemberFleet(double loss = 0, bool joins = false) : IDisposable
{
    private const int StartedAtOnceMax = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Lock _lock = new();
    private readonly Dictionary<(int By, int About), (bool IsThere, long At)> _said = [];
    private readonly Dictionary<int, int> _views = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Dictionary<int, MemberProcess> Members { get; } = [];

    /// <summary>How often a process was called dead.</summary>
    public int Deaths { get; private set; }

    /// <summary>How often a process was suspected.</summary>
    public int Suspicions { get; private set; }

    /// <summary>What all of them have used so far.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(Members.Values.Sum(m => m.ProcessorTime.Ticks));

    public async Task StartAsync(int count)
    {
        await StartAsync([1]);
        foreach (var several in Enumerable.Range(2, count - 1).Chunk(StartedAtOnceMax))
        {
            await StartAsync(several);
        }

        await UntilAllKnowAllAsync();
    }

    public async Task StartAsync(IEnumerable<int> numbers)
    {
        var seed = Members.Values.FirstOrDefault()?.EndPoint;
        MemberProcess[] started = [.. numbers.Select(n => MemberProcess.Start(n, seed, loss, joins, Hear))];
        foreach (var member in started)
        {
            await member.UntilAsync("at");
            await member.UntilAsync("ready");
            Members[member.Number] = member;
        }
    }

    public Task UntilAllKnowAllAsync() => UntilAsync(
        () => Members.Keys.All(by => Members.Keys.All(
            about => about == by || (_said.TryGetValue((by, about), out var said) && said.IsThere)))
            && (!joins || Members.Keys.All(m => _views.GetValueOrDefault(m) == Members.Count)),
        "all know all");

    /// <summary>When each of the others has said that a process is dead; ends when all have.</summary>
    public async Task<IReadOnlyList<long>> UntilAllKnowDeadAsync(int dead)
    {
        await UntilAsync(
            () => Members.Keys.All(by => _said.TryGetValue((by, dead), out var said) && !said.IsThere),
            $"all know that {dead} is dead");
        lock (_lock)
        {
            return [.. Members.Keys.Select(by => _said[(by, dead)].At)];
        }
    }

    public void Remove(int number)
    {
        lock (_lock)
        {
            Members.Remove(number);
        }
    }

    public void Dispose()
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

    private async Task UntilAsync(Func<bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (holds())
                {
                    return;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Not within {Limit}: {what}.", e);
            }
        }
    }

    private void Hear(MemberProcess by, string[] words)
    {
        lock (_lock)
        {
            switch (words[0])
            {
                case "suspected":
                    Suspicions++;
                    break;
                case "view":
                    _views[by.Number] = int.Parse(words[1], CultureInfo.InvariantCulture);
                    break;
                case "failed" or "there":
                    Deaths += words[0] == "failed" ? 1 : 0;
                    var about = int.Parse(words[1], CultureInfo.InvariantCulture);
                    _said[(by.Number, about)] =
                        (words[0] == "there", long.Parse(words[2], CultureInfo.InvariantCulture));
                    break;
                default:
                    Console.Error.WriteLine($"{by.Number}: {string.Join(' ', words)}");
                    break;
            }

            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
