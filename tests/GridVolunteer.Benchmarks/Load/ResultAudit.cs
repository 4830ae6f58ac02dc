using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text.Json;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// Reads a job's results as anybody would, and compares every byte with what was handed in.
/// </summary>
public sealed class ResultAudit(JobId job, AcknowledgedUnits acknowledged, int quorum)
{
    private readonly byte[] _expected = new byte[ExpectedResult.SizeBytes];
    private readonly byte[] _found = new byte[128];
    private long _last = -1;
    private long _acknowledgedFound;

    /// <summary>Units with a result.</summary>
    public long Valid { get; private set; }

    /// <summary>
    /// Lines that are out of order, of another state, or whose bytes are not those that were handed in.
    /// </summary>
    public long Wrong { get; private set; }

    /// <summary>Units that were acknowledged and are not there.</summary>
    public long Missing { get; private set; }

    /// <summary>Reads all of them.</summary>
    public async Task RunAsync(HttpClient http, Uri coordinator, CancellationToken cancellationToken)
    {
        await using var stream = await http.GetStreamAsync(
            new Uri(coordinator, ApiRoutes.Results(job)), cancellationToken);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Check(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        Missing = acknowledged.CountAtLeast(quorum) - _acknowledgedFound;
    }

    private void Check(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var (unit, isValid, size) = (-1L, false, 0);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("unit"u8))
            {
                reader.Read();
                unit = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("state"u8))
            {
                reader.Read();
                isValid = reader.ValueTextEquals("valid"u8);
            }
            else if (reader.ValueTextEquals("resultBase64"u8))
            {
                reader.Read();
                var text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
                Base64.DecodeFromUtf8(text, _found, out _, out size);
            }
        }

        ExpectedResult.Write(job, unit, _expected);
        if (unit <= _last || !isValid || !_found.AsSpan(0, size).SequenceEqual(_expected))
        {
            Wrong++;
            return;
        }

        _last = unit;
        Valid++;
        if (acknowledged.Count(unit) >= quorum)
        {
            _acknowledgedFound++;
        }
    }
}
