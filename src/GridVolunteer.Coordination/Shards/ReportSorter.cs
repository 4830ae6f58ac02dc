using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <summary>Decides what a checked report does to each of its units. It changes nothing.</summary>
/// <param name="sorted">Where the decisions go.</param>
/// <param name="books">The shard.</param>
/// <param name="holder">Who reports.</param>
internal readonly ref struct ReportSorter(SortedReport sorted, ShardBooks books, Holder holder)
{
    /// <summary>Sorts a report.</summary>
    public void Sort(GrantReport report, ReportCheck check)
    {
        sorted.Clear();
        var entry = 0;
        foreach (var run in check.Runs)
        {
            if (books.Plan.Quorum == 1)
            {
                SortSingle(run);
                continue;
            }

            for (var unit = run.Start; unit < run.End; unit++)
            {
                SortReplica(new LocalRun(unit, 1), report.Results.Span[check.Entry(entry++)]);
            }
        }

        foreach (var failure in report.Failures)
        {
            SortFailure(failure, check);
        }

        sorted.SortFailures();
        sorted.ChangesNothing = sorted.Accepted == 0 && sorted.Failures.Count == 0 && !ResolvesCopies(check);
    }

    private static bool ResolvesCopies(ReportCheck check)
    {
        return check.Grant is { } grant && (check.Runs.Exists(IsOut) || check.Returned.Exists(IsOut));

        bool IsOut(LocalRun run) =>
            grant.Live.Intersects(run.Start, run.Count) || grant.Lost.Intersects(run.Start, run.Count);
    }

    // With a quorum of one, results count as they come: whole runs at once, and no digest.
    private void SortSingle(LocalRun run)
    {
        for (int start = run.Start, same; start < run.End; start += same)
        {
            same = books.States.SameFrom(start, run.End - start);
            var fate = UnitCode.IsIssued(books.States[start]) ? ResultFate.Valid : ResultFate.Ignored;
            sorted.Add(new LocalRun(start, same), fate);
        }
    }

    // The digest is of the whole packed entry, so that a blob's name never equals inline bytes.
    private void SortReplica(LocalRun unit, ReadOnlySpan<byte> entry)
    {
        if (!UnitCode.IsIssued(books.States[unit.Start])
            || books.Pending.HasResultOf(unit.Start, holder.Index))
        {
            sorted.Add(unit, ResultFate.Ignored);
            return;
        }

        var digest = Digest.Of(entry);
        if (!books.IsNumeric)
        {
            Count(unit, ExactVote.Cast(books, unit.Start, digest), digest);
            return;
        }

        var payload = SortedReport.Payload(entry);
        if (NumericAgreement.Refuse(payload) is var (kind, message))
        {
            sorted.Add(unit, ResultFate.Ignored);
            CountFailure(unit.Start, kind, message);
            return;
        }

        var groups = books.Pending.Groups(unit.Start);
        Count(unit, NumericVote.Cast(groups, digest, payload.Bytes, books.Plan), digest);
    }

    private void Count(LocalRun unit, Vote vote, Digest digest)
    {
        if (vote.Fate is ResultFate.Opens or ResultFate.Joins && IsHopeless(unit.Start))
        {
            sorted.Add(unit, ResultFate.Ignored);
            var message = $"No {books.Plan.Quorum} results agree, "
                + $"after {RetryRules.VolunteersMax(books.Plan)} volunteers.";
            sorted.Add(new ReportFailure(unit.Start, UnitFailureKind.NoAgreement, message, 0, IsFinal: true));
            return;
        }

        sorted.Add(unit, vote.Fate, vote.Group, vote.Agreeing);
        if (vote.Fate == ResultFate.Opens)
        {
            sorted.Add(digest);
        }
    }

    // A failure is heard of a copy that is out; said again, or of a decided unit, it is old news.
    private void SortFailure(UnitFailure failure, ReportCheck check)
    {
        var unit = check.ToLocal(failure.Unit);
        var isOut = check.Grant is { } grant && (grant.Live.Contains(unit) || grant.Lost.Contains(unit));
        if (isOut && UnitCode.IsIssued(books.States[unit]))
        {
            CountFailure(unit, failure.Kind, failure.Message ?? "");
        }
    }

    private void CountFailure(int unit, UnitFailureKind kind, string message)
    {
        var failedOn = books.Details.Find(unit)?.FailedOn ?? [];
        var attempts = failedOn.Count + 1;
        var failed = new HashSet<int>(failedOn) { holder.Index };
        var isFinal = failed.Count >= books.Plan.FailuresMax
            || attempts >= RetryRules.AttemptsMax
            || (attempts >= RetryRules.AttemptsAmongFew && !IsAnyoneLeft(failed))
            || IsHopeless(unit);
        var backOff = (long)RetryRules.BackOff(attempts).TotalMilliseconds;
        sorted.Add(new ReportFailure(unit, kind, RetryRules.Cut(message), backOff, isFinal));
    }

    // Whether somebody computes for this shard now who has not failed the unit yet, and so will be offered it.
    private bool IsAnyoneLeft(HashSet<int> failed)
    {
        foreach (var grant in books.Grants.All)
        {
            if (!grant.Live.IsEmpty && !failed.Contains(grant.Holder.Index))
            {
                return true;
            }
        }

        return false;
    }

    // Whether so many volunteers, this one included, failed or disagreed that no more are asked.
    private bool IsHopeless(int unit)
    {
        // Without a detail there is one group at most, short of the quorum.
        if (books.Details.Find(unit) is not { } detail)
        {
            return false;
        }

        var tried = new HashSet<int>(detail.FailedOn) { holder.Index };
        foreach (var group in books.Pending.Groups(unit))
        {
            tried.UnionWith(group.Holders);
        }

        return tried.Count >= RetryRules.VolunteersMax(books.Plan);
    }
}
