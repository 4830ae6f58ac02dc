using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Client;

/// <content>Streams: events as they happen, results line by line. Both resume where they broke.</content>
public sealed partial class CoordinatorClient
{
    private const int ResultLineSizeBytesMax = 64 * 1024 * 1024;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Events of one job, or of all when <paramref name="job"/> is null, from now on, until cancelled. When
    /// the stream breaks it is resumed behind the last event; what could not be resumed comes as one event of
    /// kind <c>gap</c>. The first connection must succeed; <paramref name="onBroken"/> hears of every later
    /// break, and may throw to give up.
    /// </summary>
    public async IAsyncEnumerable<GridEvent> EventsAsync(
        JobId? job, Action<Exception>? onBroken = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var route = job is { } one ? $"{ApiRoutes.Events}?job={one}" : ApiRoutes.Events;
        string? lastId = null;
        var connected = false;
        while (true)
        {
            await using var events = ConnectEventsAsync(route, lastId, cancellationToken).GetAsyncEnumerator(
                cancellationToken);
            while (true)
            {
                try
                {
                    if (!await events.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (Exception fault) when (connected && MayReconnect(fault, cancellationToken))
                {
                    onBroken?.Invoke(fault is CoordinatorProblemException or CoordinatorUnreachableException ? fault : Unreachable(fault));
                    break;
                }
                catch (Exception fault) when (IsTransport(fault, cancellationToken))
                {
                    throw Unreachable(fault);
                }

                connected = true;
                if (events.Current is { } item)
                {
                    lastId = item.EventId ?? lastId;
                    yield return item.Data;
                }
            }

            await Task.Delay(ReconnectDelay, _time, cancellationToken);
        }
    }

    /// <summary>
    /// Results of the decided units behind <paramref name="after"/> (null: from the first), in index order.
    /// Ends at the last unit decided so far. A broken connection is resumed behind the last line.
    /// </summary>
    public async IAsyncEnumerable<ResultLine> ResultsAsync(
        JobId job, long? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var barren = 0;
        while (true)
        {
            var route = after is { } unit
                ? string.Create(CultureInfo.InvariantCulture, $"{ApiRoutes.Results(job)}?after={unit}")
                : ApiRoutes.Results(job);
            await using var lines = LinesAsync(route, cancellationToken).GetAsyncEnumerator(
                cancellationToken);
            while (true)
            {
                try
                {
                    if (!await lines.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (Exception fault) when (IsTransport(fault, cancellationToken))
                {
                    if (++barren > BarrenResumesMax)
                    {
                        throw Unreachable(fault);
                    }

                    break;
                }

                barren = 0;
                after = lines.Current.Unit;
                yield return lines.Current;
            }

            await Task.Delay(ReconnectDelay, _time, cancellationToken);
        }
    }

    /// <summary>The first item is null: the connection stands.</summary>
    private async IAsyncEnumerable<SseItem<GridEvent>?> ConnectEventsAsync(
        string route, string? lastId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await SendAsync(Request, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        yield return null;
        var parser = SseParser.Create(body, static (_, data) => ParseEvent(data));
        await foreach (var item in parser.EnumerateAsync(cancellation))
        {
            yield return item;
        }

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Address(route));
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            if (lastId is not null)
            {
                request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
            }

            return request;
        }
    }

    private async IAsyncEnumerable<ResultLine> LinesAsync(
        string route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, Address(route)), cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: CopyBufferSizeBytes));
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end).ToArray();
                rest = rest.Slice(rest.GetPosition(1, end));
                yield return new ResultLine(UnitOf(line), line);
            }

            if (read.IsCompleted || rest.Length > ResultLineSizeBytesMax)
            {
                // A last line without its end was cut off: it is fetched again.
                await reader.CompleteAsync();
                if (!rest.IsEmpty)
                {
                    throw new IOException("The stream of results was cut within a line.");
                }

                yield break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static GridEvent ParseEvent(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, Json.GridEvent)
                ?? throw new JsonException("An event is null.");
        }
        catch (JsonException fault)
        {
            throw new CoordinatorUnreachableException(
                $"An event does not follow this API: {fault.Message}", fault);
        }
    }

    private static long UnitOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var ok = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        while (ok && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUnit = reader.ValueTextEquals("unit"u8);
            reader.Read();
            if (isUnit && reader.TryGetInt64(out var unit))
            {
                return unit;
            }

            reader.Skip();
        }

        throw new CoordinatorUnreachableException(
            "A line of the results names no unit: what answers does not speak this API.");
    }

    private static bool MayReconnect(Exception fault, CancellationToken cancellation) => fault switch
    {
        CoordinatorProblemException problem => problem.IsTransient,
        CoordinatorUnreachableException => true,
        _ => IsTransport(fault, cancellation),
    };
}
