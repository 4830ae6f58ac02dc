using GridVolunteer.Agent.Work;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Link;

/// <summary>
/// Exchanges results for work, one exchange at a time. A request that reports does not wait; one that only asks may wait at
/// the coordinator, carries no reports, and is broken off as soon as there is something to report. The next request then
/// takes over its id: if the coordinator had granted units just before, its kept answer with those grants comes back, and
/// since an answer without outcomes says that the reports were not read, they go again. So no grant is lost and no result
/// taken for acknowledged that is not.
/// </summary>
internal sealed partial class ExchangeLoop
{
    private const double LongPollSeconds = 30;
    // A timer counts whole milliseconds: less would be no pause at all.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan EmptyPauseMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EmptyPauseMax = TimeSpan.FromSeconds(5);

    private readonly CoordinatorLink _link;
    private readonly WorkLedger _ledger;
    private readonly Func<CancellationToken, Task> _introduce;
    private readonly string _session;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private string? _brokenOff;
    private long _requests;
    private TimeSpan _emptyPause;

    /// <summary>
    /// <paramref name="session"/> makes this run's request ids its own; <paramref name="introduce"/> beats at once.
    /// </summary>
    public ExchangeLoop(
        CoordinatorLink link, WorkLedger ledger, Func<CancellationToken, Task> introduce, string session,
        TimeProvider time, ILogger log)
    {
        _link = link;
        _ledger = ledger;
        _introduce = introduce;
        _session = session;
        _time = time;
        _log = log;
    }

    /// <summary>Exchanges until cancelled.</summary>
    /// <exception cref="CoordinatorProblemException">The coordinator will not have this agent.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = _ledger.LinkChanged.Next;
            var plan = _ledger.Plan();
            if (plan.Reports is null && plan.Wanted is null)
            {
                await PauseAsync(changed, plan.LookAgainIn, cancellation);
            }
            else
            {
                await ExchangeAsync(plan, cancellation);
            }
        }
    }

    /// <summary>Reports what is left and hands back what is not computed; once, without waiting for the coordinator.</summary>
    public async Task SayLastAsync(IReadOnlyList<GrantReport> returned, CancellationToken cancellation)
    {
        while (_ledger.Plan() is { Reports: not null } plan)
        {
            await SendAsync(plan with { Wanted = null }, NewId(), 0, cancellation);
        }

        if (returned.Count > 0)
        {
            var request = new WorkRequest { RequestId = NewId(), Reports = returned };
            await _link.CallAsync((client, token) => client.WorkAsync(request, token), cancellation);
            _ledger.Returned(returned);
        }
    }

    private async Task ExchangeAsync(ExchangePlan plan, CancellationToken cancellation)
    {
        var id = _brokenOff ?? NewId();
        _brokenOff = null;
        if (plan.Reports is not null)
        {
            await SendAsync(plan, id, 0, cancellation);
            return;
        }

        var started = _time.GetTimestamp();
        if (await PollAsync(plan, id, cancellation) is not { } granted)
        {
            _brokenOff = id;
        }
        else if (granted || _time.GetElapsedTime(started) > EmptyPauseMax)
        {
            _emptyPause = TimeSpan.Zero;
        }
        else
        {
            // An empty answer that came at once must not become a request that goes out at once.
            var doubled = _emptyPause * 2;
            _emptyPause = doubled < EmptyPauseMin ? EmptyPauseMin : doubled > EmptyPauseMax ? EmptyPauseMax : doubled;
            await PauseForReportAsync(_emptyPause, cancellation);
        }
    }

    /// <summary>Whether units were granted; null when it was broken off because something is to be reported.</summary>
    private async Task<bool?> PollAsync(ExchangePlan plan, string id, CancellationToken cancellation)
    {
        using var breakOff = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var poll = SendAsync(plan, id, LongPollSeconds, breakOff.Token);
        while (!poll.IsCompleted)
        {
            var changed = _ledger.LinkChanged.Next;
            var due = _ledger.ReportDueIn();
            if (due == TimeSpan.Zero)
            {
                await breakOff.CancelAsync();
                break;
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(poll, changed, Delay(due, wait.Token));
            await wait.CancelAsync();
        }

        try
        {
            return await poll;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether units were granted.</summary>
    private async Task<bool> SendAsync(ExchangePlan plan, string id, double waitSeconds, CancellationToken cancellation)
    {
        var request = new WorkRequest
        {
            RequestId = id,
            Reports = plan.Reports?.Reports ?? [],
            Wanted = plan.Wanted,
            WaitSeconds = waitSeconds,
        };
        try
        {
            var started = _time.GetTimestamp();
            var answer = await _link.CallAsync((client, token) => client.WorkAsync(request, token), cancellation);
            if (waitSeconds == 0)
            {
                _ledger.NoteLatency(_time.GetElapsedTime(started).TotalSeconds);
            }

            Take(plan, answer);
            return answer.Grants.Count > 0;
        }
        catch (CoordinatorProblemException problem) when (problem.Type == ProblemTypes.IntroduceYourself)
        {
            _ledger.PutBack(plan);
            await _introduce(cancellation);
            return false;
        }
        catch (CoordinatorProblemException problem) when (
            plan.Reports is not null && problem.Type is ProblemTypes.Malformed or ProblemTypes.TooLarge)
        {
            // It would be refused for ever, and everything behind it would wait: those units are computed again elsewhere.
            LogReportsLost(plan.Reports!.Units, problem.Message);
            _ledger.GiveUpReports(plan);
            return false;
        }
        catch
        {
            _ledger.PutBack(plan);
            throw;
        }
    }

    private void Take(ExchangePlan plan, WorkAnswer answer)
    {
        var read = plan.Reports is null || answer.Outcomes.Count == plan.Reports.Reports.Count;
        if (!read)
        {
            _ledger.PutBack(plan);
        }

        _ledger.Answered(read ? plan : plan with { Reports = null }, answer);
    }

    private async Task PauseAsync(Task changed, TimeSpan? limit, CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(changed, Delay(limit, wait.Token));
        await wait.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task PauseForReportAsync(TimeSpan pause, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        while (pause - _time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            var changed = _ledger.LinkChanged.Next;
            var due = _ledger.ReportDueIn();
            if (due == TimeSpan.Zero)
            {
                return;
            }

            await PauseAsync(changed, due < left ? due : left, cancellation);
        }
    }

    private Task Delay(TimeSpan? time, CancellationToken cancellation) => Task.Delay(
        time is not { } pause ? Timeout.InfiniteTimeSpan : pause > ShortestPause ? pause : ShortestPause,
        _time, cancellation);

    private string NewId() => $"{_session}-{++_requests}";
}
