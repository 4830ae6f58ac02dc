using System.Buffers;
using System.Text;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Catalog;

/// <summary>
/// The register of jobs: numbers them from 1 without gaps, never twice, and knows which are not over. Because
/// numbers have no gaps, a list of all jobs is arithmetic and costs no memory.
/// </summary>
public sealed class JobCatalog : IEntity
{
    /// <summary>
    /// How many request ids are remembered, the latest ones. A retry that comes after so many other
    /// submissions makes a second job. Each costs some 100 bytes, however long the id: only its digest is
    /// kept.
    /// </summary>
    public const int RequestsMax = 100_000;

    private const byte RegisteredType = 1;
    private const byte EndedType = 2;
    private const byte Version = 1;
    private const byte SnapshotVersion = 1;

    private readonly SortedSet<long> _active = [];
    private readonly Dictionary<Digest, long> _numbers = [];
    private readonly Queue<Digest> _requests = new();
    private long _lastNumber;

    /// <inheritdoc/>
    public DateTimeOffset? NextTick => null;

    /// <summary>The id for a submission; the same request id gets the same job.</summary>
    public JobId Register(string requestId, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        ArgumentNullException.ThrowIfNull(turn);
        var request = Digest.Of(Encoding.UTF8.GetBytes(requestId));
        if (!_numbers.TryGetValue(request, out var number))
        {
            number = _lastNumber + 1;
            var writer = Begin(RegisteredType, out var record);
            writer.WriteLong(number);
            WriteDigest(writer, request);
            Record(turn, record.WrittenSpan);
        }

        return new JobId(number);
    }

    /// <summary>
    /// Jobs not closed, oldest first. One that was registered but never created, its submitter gone, stays
    /// among them.
    /// </summary>
    public IReadOnlyList<JobId> Active() => [.. _active.Select(n => new JobId(n))];

    /// <summary>
    /// Jobs below <paramref name="before"/> (null: from the newest), newest first, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public IReadOnlyList<JobId> List(JobId? before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var newest = Math.Min(before is { } b ? b.Number - 1 : long.MaxValue, _lastNumber);
        var jobs = new JobId[Math.Clamp(newest, 0, limit)];
        for (var i = 0; i < jobs.Length; i++)
        {
            jobs[i] = new JobId(newest - i);
        }

        return jobs;
    }

    /// <summary>
    /// A job is over and its shards are ended. Before, it stays among the active ones although it may have been cancelled:
    /// who dies before its shards heard of it leaves it to those who look after active jobs.
    /// </summary>
    public void NoteClosed(JobId job, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (_active.Contains(job.Number))
        {
            Begin(EndedType, out var record).WriteLong(job.Number);
            Record(turn, record.WrittenSpan);
        }
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        var (type, version) = (reader.ReadByte(), reader.ReadByte());
        switch (type, version)
        {
            case (RegisteredType, 1):
                _lastNumber = reader.ReadLong();
                _active.Add(_lastNumber);
                Remember(Digest.FromBytes(reader.ReadBytes()), _lastNumber);
                break;
            case (EndedType, 1):
                _active.Remove(reader.ReadLong());
                break;
            default:
                throw new InvalidDataException(
                    $"The catalogue cannot read a record of type {type}, version {version}.");
        }
    }

    /// <inheritdoc/>
    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        var writer = new RecordWriter(output);
        writer.WriteByte(SnapshotVersion);
        writer.WriteLong(_lastNumber);
        writer.WriteLong(_active.Count);
        foreach (var number in _active)
        {
            writer.WriteLong(number);
        }

        writer.WriteLong(_requests.Count);
        foreach (var request in _requests)
        {
            writer.WriteLong(_numbers[request]);
            WriteDigest(writer, request);
        }
    }

    /// <inheritdoc/>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        var reader = new RecordReader(snapshot);
        var version = reader.ReadByte();
        if (version != SnapshotVersion)
        {
            throw new InvalidDataException($"The catalogue cannot read a snapshot of version {version}.");
        }

        _active.Clear();
        _numbers.Clear();
        _requests.Clear();
        _lastNumber = reader.ReadLong();
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            _active.Add(reader.ReadLong());
        }

        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var number = reader.ReadLong();
            Remember(Digest.FromBytes(reader.ReadBytes()), number);
        }
    }

    /// <inheritdoc/>
    public void Recovered(Turn turn)
    {
        // The jobs tell their states again when they are loaded; the host loads those that are active.
    }

    /// <inheritdoc/>
    public void Tick(Turn turn)
    {
        // Nothing here waits for a time.
    }

    private void Remember(Digest request, long number)
    {
        _numbers[request] = number;
        _requests.Enqueue(request);
        if (_requests.Count > RequestsMax)
        {
            _numbers.Remove(_requests.Dequeue());
        }
    }

    private void Record(Turn turn, ReadOnlySpan<byte> record)
    {
        turn.Journal(record);
        Apply(record);
    }

    private static RecordWriter Begin(byte type, out ArrayBufferWriter<byte> record)
    {
        record = new ArrayBufferWriter<byte>();
        var writer = new RecordWriter(record);
        writer.WriteByte(type);
        writer.WriteByte(Version);
        return writer;
    }

    private static void WriteDigest(RecordWriter writer, Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.SizeBytes];
        digest.CopyTo(bytes);
        writer.WriteBytes(bytes);
    }
}
