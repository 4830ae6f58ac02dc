using System.Net;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>A body of which the second half is not sent before something has happened.</summary>
internal sealed class HalfContent(Task happened, int sizeBytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var half = new byte[sizeBytes / 2];
        await stream.WriteAsync(half);
        await stream.FlushAsync();
        await happened;
        await stream.WriteAsync(half);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = sizeBytes;
        return true;
    }
}
