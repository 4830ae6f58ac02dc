using System.Text.Json;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// What happened on other silos, for the readers of this one. Where nobody reads it is not even parsed: every silo hears of
/// every event, so parsing would cost each unit more the more silos there are. Who reads on after that finds a gap.
/// Safe for concurrent use.
/// </summary>
/// <param name="ring">Where readers read.</param>
/// <param name="clock">The clock.</param>
internal sealed class HeardEvents(EventRing ring, TimeProvider clock)
{
    /// <summary>
    /// How long after a reader has gone events are taken in for it, as it may come back where it stopped. 30 s: readers
    /// that were cut off try again after 2.
    /// </summary>
    public static readonly TimeSpan Awaited = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long _asked;
    private long? _askedAt;
    private bool _isDeaf;

    /// <summary>Takes in events as another silo wrote them.</summary>
    /// <exception cref="JsonException">They cannot be understood.</exception>
    public void Take(ReadOnlySpan<byte> events)
    {
        if (!events.IsEmpty && IsListening())
        {
            ring.Publish(JsonSerializer.Deserialize(events, NewsJson.Default.GridEventArray) ?? []);
        }
    }

    private bool IsListening()
    {
        lock (_gate)
        {
            var asked = ring.Asked;
            if (asked != _asked || ring.IsAwaited)
            {
                _asked = asked;
                _askedAt = clock.GetTimestamp();
            }

            var wasDeaf = _isDeaf;
            _isDeaf = _askedAt is not { } at || clock.GetElapsedTime(at) > Awaited;
            if (_isDeaf && !wasDeaf)
            {
                ring.Publish([new GridEvent { Kind = "gap", At = clock.GetUtcNow() }]);
            }

            return !_isDeaf;
        }
    }
}
