using System.Text;

namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>Gives its bytes, then breaks like a connection that is lost.</summary>
internal sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
{
    public BreakingStream(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
