using System.Diagnostics;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>Measured processes on loopback that watch each other, each by its number, and what each has said of the others.</summary>
internal abstract class Fleet : IDisposable
{
    private const int StartedAtOnceMax = 8;
    private const int LackingToldMax = 5;

    private readonly Lock _lock = new();
    private readonly SortedSet<int> _numbers = [];
    private readonly Dictionary<(int By, int About), (bool IsThere, long At)> _said = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those that run.</summary>
    public IReadOnlyCollection<int> Numbers => _numbers;

    /// <summary>How often a process was called dead.</summary>
    public int Deaths { get; private set; }

    /// <summary>How long those who are waited for may take.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Starts so many: one first, then several at a time; ends when all know all.</summary>
    public async Task StartAsync(int count)
    {
        await AddAsync([1]);
        foreach (var several in Enumerable.Range(2, count - 1).Chunk(StartedAtOnceMax))
        {
            await AddAsync(several);
        }

        await UntilAllKnowAllAsync();
    }

    /// <summary>Starts one again; ends when all know all.</summary>
    public async Task StartAgainAsync(int number)
    {
        await AddAsync([number]);
        await UntilAllKnowAllAsync();
    }

    /// <summary>Ends a process without a word (SIGKILL); answers how long it took until each of the others had called it dead.</summary>
    public async Task<TimeSpan> KillAsync(int number)
    {
        lock (_lock)
        {
            _numbers.Remove(number);
        }

        var killedAt = Stopwatch.GetTimestamp();
        End(number);
        await UntilAsync(
            () => _numbers.All(by => _said.TryGetValue((by, number), out var said) && !said.IsThere),
            $"all know that {number} is dead");
        lock (_lock)
        {
            return Stopwatch.GetElapsedTime(killedAt, _numbers.Max(by => _said[(by, number)].At));
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Starts a process.</summary>
    protected abstract void Begin(int number);

    /// <summary>Ends when processes that were started are able to take part.</summary>
    protected virtual Task ReadyAsync(IReadOnlyList<int> numbers) => Task.CompletedTask;

    /// <summary>Ends a process without a word.</summary>
    protected abstract void End(int number);

    /// <summary>Ends when each has said of each of the others that it is there.</summary>
    protected virtual Task UntilAllKnowAllAsync() => UntilAsync(KnowAll, "all know all");

    /// <summary>True when each has said so; to be asked where a change is waited for.</summary>
    protected bool KnowAll() => !Lacking().Any();

    /// <summary>Who has not said of whom that it is there.</summary>
    protected ILookup<int, int> WhoLacks()
    {
        lock (_lock)
        {
            return Lacking().ToLookup(pair => pair.By, pair => pair.About);
        }
    }

    /// <summary>Takes what one says of another.</summary>
    protected void Note(int by, int about, bool isThere, long at) => Change(() =>
    {
        Deaths += isThere ? 0 : 1;
        _said[(by, about)] = (isThere, at);
    });

    /// <summary>Changes what is waited for.</summary>
    protected void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends when something holds, which is looked at after every change.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Limit"/>.</exception>
    protected async Task UntilAsync(Func<bool> holds, string what)
    {
        if (!await HoldsWithinAsync(Limit, holds))
        {
            var lacking = WhoLacks().Take(LackingToldMax).Select(some => $" {some.Key} lacks {string.Join(", ", some)}.");
            throw new TimeoutException($"Not within {Limit}: {what}.{string.Concat(lacking)}");
        }
    }

    /// <summary>As <see cref="UntilAsync"/>; false when it does not within a time.</summary>
    protected async Task<bool> HoldsWithinAsync(TimeSpan time, Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(time);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (holds())
                {
                    return true;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private async Task AddAsync(IReadOnlyList<int> numbers)
    {
        foreach (var number in numbers)
        {
            Forget(number);
            Begin(number);
        }

        await ReadyAsync(numbers);
        lock (_lock)
        {
            _numbers.UnionWith(numbers);
        }
    }

    private IEnumerable<(int By, int About)> Lacking() =>
        _numbers.SelectMany(by => _numbers.Where(about => about != by).Select(about => (By: by, About: about)))
            .Where(pair => !(_said.TryGetValue(pair, out var said) && said.IsThere));

    /// <summary>What a process knew before it was killed does not count for the one that is started in its place.</summary>
    private void Forget(int by)
    {
        lock (_lock)
        {
            foreach (var key in _said.Keys.Where(k => k.By == by).ToArray())
            {
                _said.Remove(key);
            }
        }
    }
}
