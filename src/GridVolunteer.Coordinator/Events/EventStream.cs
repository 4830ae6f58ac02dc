using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Coordinator.Events;

/// <summary>
/// Writes the ring to one reader as server-sent events. What is waiting goes out together, at most 50 times a
/// second, so that a burst of small events costs a reader few writes. A reader that takes longer than
/// <see cref="WriteLimit"/> for a write, or that the ring overtakes, is cut off: it comes back with the last
/// id it saw, and learns of the gap.
/// </summary>
/// <param name="ring">The events.</param>
/// <param name="clock">The clock that waits go by.</param>
public sealed class EventStream(EventRing ring, TimeProvider clock)
{
    private const int BatchSize = 256;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one write to a reader may take.</summary>
    public static TimeSpan WriteLimit => TimeSpan.FromSeconds(20);

    /// <summary>
    /// After how much quiet a comment is sent, so that both ends notice a broken connection.
    /// </summary>
    public static TimeSpan KeepAlive => TimeSpan.FromSeconds(15);

    /// <summary>Writes until cancelled, or until the reader is cut off.</summary>
    /// <param name="output">The response's body.</param>
    /// <param name="job">Only events of this job, or null for all.</param>
    /// <param name="resumeBehind">The last id that the reader saw, or null to begin with what happens from
    /// now.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task WriteAsync(
        PipeWriter output, JobId? job, long? resumeBehind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ring.NoteReader();
        var position = resumeBehind is { } seen ? seen + 1 : ring.Next;
        Write(output, ": GridVolunteer events\nretry: 2000\n\n");
        if (resumeBehind is not null && ring.Read(position, []) < 0)
        {
            // The gap carries the position before the oldest event, so that a reader that breaks off here
            // resumes there.
            position = ring.Oldest;
            WriteEvent(output, new EventSlot(
                position - 1, new GridEvent { Kind = "gap", At = clock.GetUtcNow(), Job = job }));
        }

        var batch = new EventSlot[BatchSize];
        await FlushAsync(output, cancellationToken);
        while (true)
        {
            var count = ring.Read(position, batch);
            if (count < 0)
            {
                return;
            }

            if (count == 0)
            {
                await WaitAsync(output, position, cancellationToken);
                continue;
            }

            var wrote = false;
            foreach (var slot in batch.AsSpan(0, count))
            {
                if (job is null || slot.Event.Job == job)
                {
                    WriteEvent(output, slot);
                    wrote = true;
                }
            }

            position += count;
            if (wrote)
            {
                await FlushAsync(output, cancellationToken);
            }

            if (count < BatchSize)
            {
                await Task.Delay(Pace, clock, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(PipeWriter output, long position, CancellationToken cancellationToken)
    {
        try
        {
            await ring.WhenReached(position).WaitAsync(KeepAlive, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing happened for a while: shows both ends that the connection stands.
            Write(output, ": quiet\n\n");
            await FlushAsync(output, cancellationToken);
        }
    }

    private async Task FlushAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var flush = output.FlushAsync(cancellationToken);
        if (!flush.IsCompletedSuccessfully)
        {
            await flush.AsTask().WaitAsync(WriteLimit, clock, cancellationToken);
        }
    }

    private static void WriteEvent(PipeWriter output, EventSlot slot)
    {
        Write(output, string.Create(
            CultureInfo.InvariantCulture, $"id: {slot.Position}\nevent: {slot.Event.Kind}\ndata: "));
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, slot.Event, ProtocolJson.Default.GridEvent);
        }

        Write(output, "\n\n");
    }

    private static void Write(PipeWriter output, string text)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
