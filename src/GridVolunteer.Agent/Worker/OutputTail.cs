using System.Text;

namespace GridVolunteer.Agent.Worker;

/// <summary>The last bytes that a process wrote; what came before is forgotten. Safe for concurrent use.</summary>
internal sealed class OutputTail(int sizeBytesMax)
{
    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[sizeBytesMax];
    private long _written;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var kept = bytes.Length > _ring.Length ? bytes[^_ring.Length..] : bytes;
            _written += bytes.Length - kept.Length;
            foreach (var b in kept)
            {
                _ring[_written++ % _ring.Length] = b;
            }
        }
    }

    /// <summary>The tail as text, trimmed; empty when nothing was written.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var length = (int)Math.Min(_written, _ring.Length);
            var bytes = new byte[length];
            for (var i = 0; i < length; i++)
            {
                bytes[i] = _ring[(_written - length + i) % _ring.Length];
            }

            var text = Encoding.UTF8.GetString(bytes).Trim();
            return _written > length ? "…" + text : text;
        }
    }
}
