using System.Diagnostics.Metrics;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// What lies behind the API: the grid of entities, where its results and blobs are, and who volunteers. Opened
/// before anything listens and disposed after the last request.
/// </summary>
public interface IGridBackend : IAsyncDisposable
{
    /// <summary>Where entities are asked.</summary>
    IGrid Grid { get; }

    /// <summary>Where result rows are read.</summary>
    IResultStore Results { get; }

    /// <summary>Where blobs are.</summary>
    BlobStore Blobs { get; }

    /// <summary>The volunteers.</summary>
    IVolunteerRoster Volunteers { get; }

    /// <summary>The challenges to agents' keys that were answered already.</summary>
    IAnsweredChallenges Answered { get; }

    /// <summary>Why requests that change something are refused at the moment, for people; or null.</summary>
    string? Trouble { get; }

    /// <summary>Whether a shard lives in this process, so that asking it costs no message to another.</summary>
    bool IsNear(ShardId shard);

    /// <summary>Wakes the entities that have work.</summary>
    /// <exception cref="CoordinatorStartException">It cannot; the message says why and what to do.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Makes instruments of what can be read off the storage and the grid.</summary>
    void Observe(Meter meter);
}
