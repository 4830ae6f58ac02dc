using System.Text.Json;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>Sound submissions, to be varied with <c>with</c>.</summary>
internal static class Submissions
{
    public static readonly BlobId Blob = new(Digest.Of("package"u8), 7);

    public static JobSubmission Sound { get; } = new()
    {
        RequestId = "r1",
        Workload = "ProteinSearch",
        Package = Blob,
        Parameters = JsonSerializer.Deserialize<JsonElement>("""{"top":25}"""),
        Units = 20,
    };
}
