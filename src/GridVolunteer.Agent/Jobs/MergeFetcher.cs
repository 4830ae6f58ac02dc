using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Link;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Jobs;

/// <summary>Brings the results that a merge unit takes in: small ones as they come, large ones as blobs.</summary>
internal sealed class MergeFetcher(CoordinatorLink link, BlobCache blobs)
{
    /// <summary>What the worker is told for a batch of one merge unit. The leases are the caller's.</summary>
    /// <exception cref="JobTroubleException">The children cannot be had.</exception>
    public async Task<(MergeMessage Message, IReadOnlyList<BlobLease> Leases)> FetchAsync(
        UnitBatch batch, JobRecipe recipe, CancellationToken cancellation)
    {
        var index = batch.UnitAt(0);
        var below = WorkGeometry.UnitsAtLevel(recipe.Units, batch.Level - 1, recipe.MergeFanIn);
        var first = index * recipe.MergeFanIn;
        var range = new UnitRun(first, (int)Math.Clamp(below - first, 0, recipe.MergeFanIn));
        var leases = new List<BlobLease>();
        try
        {
            var children = await link.CallAsync(
                (client, token) => client.ChildrenAsync(batch.Job, batch.Level - 1, range, token), cancellation);
            var message = new MergeMessage
            {
                Batch = batch.Id,
                Level = batch.Level,
                Index = index,
                IsLast = batch.Level == WorkGeometry.LastLevel(recipe.Units, recipe.MergeFanIn),
                FirstChild = first,
                Children = await ResolveAsync(Place(children, range), leases, cancellation),
            };
            var held = leases;
            leases = [];
            return (message, held);
        }
        catch (Exception fault) when (fault is CoordinatorProblemException or BlobMismatchException or IOException)
        {
            throw new JobTroubleException(
                UnitFailureKind.InputUnavailable, $"The results to merge cannot be had: {fault.Message}", fault);
        }
        finally
        {
            leases.ForEach(l => l.Dispose());
        }
    }

    /// <summary>The children by position, the absent ones as holes.</summary>
    private static (ReadOnlyMemory<byte>? Bytes, BlobId? Blob)[] Place(ChildResults children, UnitRun range)
    {
        var placed = new (ReadOnlyMemory<byte>?, BlobId?)[range.Count];
        var reader = new PackedResultsReader(children.Results.Span);
        foreach (var run in children.Present)
        {
            for (var unit = run.Start; unit < run.End; unit++)
            {
                if (unit < range.Start || unit >= range.End || !reader.TryRead(out var result))
                {
                    throw new JobTroubleException(
                        UnitFailureKind.InputUnavailable, "The coordinator's list of results to merge is malformed.");
                }

                placed[unit - range.Start] = result.IsBlob
                    ? (null, result.Blob)
                    : (children.Results.Slice(reader.Position - result.Bytes.Length, result.Bytes.Length), null);
            }
        }

        return placed;
    }

    private async Task<MergeChild[]> ResolveAsync(
        (ReadOnlyMemory<byte>? Bytes, BlobId? Blob)[] placed, List<BlobLease> leases,
        CancellationToken cancellation)
    {
        var children = new MergeChild[placed.Length];
        for (var i = 0; i < placed.Length; i++)
        {
            if (placed[i].Blob is { } blob)
            {
                var lease = await blobs.LeaseAsync(blob, cancellation);
                leases.Add(lease);
                children[i] = new MergeChild(null, lease.Path);
            }
            else
            {
                children[i] = new MergeChild(placed[i].Bytes, null);
            }
        }

        return children;
    }
}
