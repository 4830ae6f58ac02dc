using GridVolunteer.Agent.Blobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Jobs;

/// <summary>What computing a job's units needs, on disk and held there until this is disposed of.</summary>
/// <param name="recipe">The job's recipe.</param>
/// <param name="packageFolder">Its unpacked package.</param>
/// <param name="inputs">Input files by name.</param>
/// <param name="leases">What keeps the files in the cache.</param>
internal sealed class JobFiles(
    JobRecipe recipe, string packageFolder, IReadOnlyDictionary<string, string> inputs, IReadOnlyList<BlobLease> leases)
    : IDisposable
{
    public JobRecipe Recipe => recipe;

    public string PackageFolder => packageFolder;

    public IReadOnlyDictionary<string, string> Inputs => inputs;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lease in leases)
        {
            lease.Dispose();
        }
    }
}
