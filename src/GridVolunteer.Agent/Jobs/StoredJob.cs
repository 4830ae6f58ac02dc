using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Jobs;

/// <summary>A job in the store: being fetched, here, or in trouble.</summary>
internal sealed class StoredJob(JobId job)
{
    public JobId Job => job;

    /// <summary>The order of use: larger is later.</summary>
    public long LastUse { get; set; }

    /// <summary>The fetch under way, or null.</summary>
    public Task? Fetch { get; set; }

    /// <summary>Its files, once they are here.</summary>
    public JobFiles? Files { get; set; }

    /// <summary>Why it cannot be computed here, and since when.</summary>
    public JobTroubleException? Trouble { get; set; }

    /// <summary>When <see cref="Trouble"/> was found, a timestamp.</summary>
    public long TroubleSince { get; set; }
}
