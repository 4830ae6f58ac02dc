using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Serves exchanges: carries reports to their shards, finds work for who asks, and lets it wait when there is
/// none. What is decided is decided elsewhere: where to look by the book, who gets what by shards, what a
/// retry gets by the volunteer. An exchange that was begun is carried through even when its caller is gone,
/// since its answer is kept for the retry.
/// </summary>
/// <param name="grid">Where entities are asked.</param>
/// <param name="hints">Knows where there may be work.</param>
/// <param name="opener">Opens shards.</param>
/// <param name="polls">Where requests wait.</param>
/// <param name="jobs">Knows what never changes about jobs.</param>
/// <param name="offers">Makes offers of grants.</param>
/// <param name="blobs">Knows which blobs are here.</param>
/// <param name="instruments">Counts.</param>
/// <param name="clock">The clock.</param>
public sealed class Broker(
    IGrid grid, HintKeeper hints, ShardOpener opener, PollDesk polls, JobFactsCache jobs, OfferMaker offers,
    BlobStore blobs, CoordinatorInstruments instruments, TimeProvider clock)
{
    /// <summary>How many places one look for work tries.</summary>
    public const int TriesMax = 12;

    private readonly PeerDesk _desk = new();
    private readonly Func<BlobId, bool> _isHere = blobs.Contains;

    /// <summary>
    /// Serves an exchange; null when the volunteer is not known and must introduce itself by a heartbeat.
    /// </summary>
    /// <param name="peer">Who asks, as its token proved.</param>
    /// <param name="request">What it says; keeps to the rules of requests.</param>
    /// <param name="waitMax">The longest it may wait for work.</param>
    /// <param name="stop">Ends the wait: the service stops.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    /// <exception cref="StorageUnavailableException">The storage refused; the request may be
    /// repeated.</exception>
    public Task<WorkAnswer?> ExchangeAsync(
        PeerId peer, WorkRequest request, TimeSpan waitMax, CancellationToken stop,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _desk.ServeAsync(
            peer, request, ended => ServeAsync(peer, request, waitMax, stop, ended), cancellationToken);
    }

    private async Task<WorkAnswer?> ServeAsync(
        PeerId peer, WorkRequest request, TimeSpan waitMax, CancellationToken stop, CancellationToken ended)
    {
        using var span = CoordinatorInstruments.StartExchange(
            request.Reports.Count, request.Wanted is not null);
        var started = clock.GetTimestamp();
        var volunteer = grid.Volunteer(peer);
        var brief = await volunteer.BeginExchangeAsync(request.RequestId, CancellationToken.None);
        if (brief.Host is null)
        {
            return null;
        }

        if (brief.Repeated is { } repeated)
        {
            return repeated;
        }

        var batch = new ReportBatch(request.Reports);
        await CheckAsync(request.Reports, batch);
        var version = polls.Version;
        var offer = await ServeOnceAsync(peer, request, brief, batch);
        instruments.OnExchange(clock.GetElapsedTime(started), offer is not null);

        // Who reported waits for the acknowledgement: the wait for work can come with the next request.
        if (offer is null && request is { Wanted: not null, Reports.Count: 0 })
        {
            offer = await WaitAsync(peer, request, brief, version, waitMax, stop, ended);
        }

        var answer = new WorkAnswer
        {
            RequestId = request.RequestId,
            Outcomes = batch.Outcomes,
            Grants = offer is null ? [] : [offer],
        };
        await volunteer.EndExchangeAsync(new ExchangeRecord(request, answer), CancellationToken.None);
        return answer;
    }

    private async ValueTask CheckAsync(IReadOnlyList<GrantReport> reports, ReportBatch batch)
    {
        for (var i = 0; i < reports.Count; i++)
        {
            var report = reports[i];
            var job = report.Grant.Shard.Job;
            var refusal = await jobs.FindAsync(job, CancellationToken.None) is { } facts
                ? ResultsCheck.Refusal(report, facts, _isHere)
                : $"There is no job {job}.";
            if (refusal is null)
            {
                batch.Accept(i);
            }
            else
            {
                batch.Refuse(i, refusal);
                instruments.OnReportRefused();
            }
        }
    }

    /// <summary>
    /// Hands in the reports and looks for work once; what can go together goes in one call to a shard.
    /// </summary>
    private async Task<GrantOffer?> ServeOnceAsync(
        PeerId peer, WorkRequest request, VolunteerBrief brief, ReportBatch batch)
    {
        if (request.Wanted is null)
        {
            await HandInAsync(peer, batch);
            return null;
        }

        // Looking runs up to its first call before handing in begins, and has taken that shard's reports
        // along.
        var looking = LookAsync(peer, request, brief, batch);
        await Task.WhenAll(looking, HandInAsync(peer, batch));
        return await looking;
    }

    private async Task HandInAsync(PeerId peer, ReportBatch batch)
    {
        var shards = batch.Shards;
        if (shards.Count == 1)
        {
            await AskAsync(peer, shards[0], batch, lease: null);
        }
        else if (shards.Count > 1)
        {
            // Side by side, so that the shards' turns share a commit.
            await Task.WhenAll(shards.Select(shard => AskAsync(peer, shard, batch, lease: null)));
        }
    }

    private async Task<GrantOffer?> LookAsync(
        PeerId peer, WorkRequest request, VolunteerBrief brief, ReportBatch? batch)
    {
        var skips = new BrokerSkips();
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (hints.Choose(brief, request.Wanted!, peer, skips) is not { } choice)
            {
                return null;
            }

            ShardGrant? grant = null;
            try
            {
                if ((choice.Shard ?? await opener.OpenAsync(choice)) is { } shard)
                {
                    var lease = offers.Lease(request, brief.Host!, choice, shard);
                    grant = await AskAsync(peer, shard, batch, lease);
                }
            }
            finally
            {
                Settle(choice, skips, grant);
            }

            if (grant is not null)
            {
                return await offers.OfferAsync(grant);
            }
        }

        return null;
    }

    private void Settle(Choice choice, BrokerSkips skips, ShardGrant? grant)
    {
        if (grant is null)
        {
            hints.NothingAt(choice, skips);
            return;
        }

        var units = 0;
        for (var i = 0; i < grant.Runs.Count; i++)
        {
            units += grant.Runs[i].Count;
        }

        hints.Served(choice, units);
        instruments.OnLeased(units);
    }

    private async Task<ShardGrant?> AskAsync(
        PeerId peer, ShardId shard, ReportBatch? batch, LeaseRequest? lease)
    {
        IReadOnlyList<int> indexes = [];
        var reports = batch?.Take(shard, out indexes) ?? [];
        var answer = await grid.Shard(shard).ExchangeAsync(
            new ShardExchange(peer, reports, lease), CancellationToken.None);
        batch?.Settle(indexes, answer.Outcomes);
        Count(reports, answer.Outcomes);
        hints.NoteStatus(answer.Status);
        return answer.Grant;
    }

    private void Count(IReadOnlyList<GrantReport> reports, IReadOnlyList<ReportOutcome> outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            instruments.OnReported(outcomes[i].Accepted, outcomes[i].Ignored);
            instruments.OnFailed(reports[i].Failures.Count);
        }
    }

    private async Task<GrantOffer?> WaitAsync(
        PeerId peer, WorkRequest request, VolunteerBrief brief, long version, TimeSpan waitMax,
        CancellationToken stop,
        CancellationToken ended)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(request.WaitSeconds, waitMax.TotalSeconds));
        var started = clock.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
        while (await polls.WaitAsync(version, wait - clock.GetElapsedTime(started), over.Token))
        {
            version = polls.Version;
            if (await LookAsync(peer, request, brief, batch: null) is { } offer)
            {
                // There may be more where this came from.
                polls.WakeNext();
                return offer;
            }
        }

        return null;
    }
}
