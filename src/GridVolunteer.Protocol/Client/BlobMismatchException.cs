using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Protocol.Client;

/// <summary>Bytes that were fetched as a blob are not that blob: damaged, or somebody lies.</summary>
public sealed class BlobMismatchException : Exception
{
    /// <summary>For <paramref name="wanted"/>, in whose place <paramref name="got"/> came.</summary>
    public BlobMismatchException(BlobId wanted, BlobId got)
        : base($"The bytes fetched as blob {wanted} are blob {got}.")
    {
        Wanted = wanted;
        Got = got;
    }

    /// <summary>The blob that was asked for.</summary>
    public BlobId Wanted { get; }

    /// <summary>What the bytes are.</summary>
    public BlobId Got { get; }
}
