using GridVolunteer.Agent.Worker.Frames;

namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>
/// Sends what the units have to say, from a thread of its own that no workload can starve. Results of tiny units share
/// frames: they leave when nothing is left to compute, when 32 KiB are together, or 20 ms after the first; progress leaves
/// twice a second, checkpoints as often as the agent wants them, always the latest only.
/// </summary>
internal sealed class Outbox
{
    private const int EntriesSizeBytesMax = 32 * 1024;
    private const int WaitingSizeBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan ResultDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _checkpointInterval;
    private readonly FrameWriter _entries = new();
    private FrameWriter _waiting = new();
    private FrameWriter _leaving = new();
    private int _batch;
    private int _count;
    private double _seconds;
    private TimeSpan _resultsDue = TimeSpan.MaxValue;
    private (int Batch, long Unit, double Fraction)? _progress;
    private TimeSpan _progressDue;
    private (int Batch, long Unit, byte[] State)? _checkpoint;
    private TimeSpan _checkpointDue;
    private bool _flush;

    public Outbox(Stream stream, TimeProvider time, TimeSpan checkpointInterval)
    {
        _stream = stream;
        _time = time;
        _started = time.GetTimestamp();
        _checkpointInterval = checkpointInterval;
        new Thread(Send) { IsBackground = true, Name = "outbox" }.Start();
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>A unit is done; <paramref name="flush"/> says that nothing is left to compute.</summary>
    public void Done(int batch, in UnitOutcome outcome, double seconds, bool flush)
    {
        lock (_gate)
        {
            while (_waiting.Length > WaitingSizeBytesMax)
            {
                Monitor.Wait(_gate);
            }

            _progress = null;
            _checkpoint = null;
            if (_count > 0 && (_batch != batch || _entries.Length > EntriesSizeBytesMax))
            {
                Seal();
            }

            if (_count == 0)
            {
                _batch = batch;
                _resultsDue = Now + ResultDelay;
            }

            ResultsMessage.WriteEntry(_entries, outcome);
            _count++;
            _seconds += seconds;
            _flush |= flush;
            if (_flush || _count == 1)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>How far the unit at work is.</summary>
    public void Progress(int batch, long unit, double fraction)
    {
        lock (_gate)
        {
            _progress = (batch, unit, fraction);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The latest state of the unit at work.</summary>
    public void Checkpoint(int batch, long unit, byte[] state)
    {
        lock (_gate)
        {
            _checkpoint = (batch, unit, state);
            Monitor.PulseAll(_gate);
        }
    }

    private void Send()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!Collect(Now, out var due))
                {
                    Monitor.Wait(_gate, Wait(due));
                }

                (_waiting, _leaving) = (_leaving, _waiting);
                Monitor.PulseAll(_gate);
            }

            try
            {
                _stream.Write(_leaving.Written.Span);
            }
            catch (IOException)
            {
                // The agent has gone: the session's reader sees the same and ends the process.
                return;
            }

            _leaving.Clear();
        }
    }

    /// <summary>Moves what is due into <see cref="_waiting"/>; else says when something will be.</summary>
    private bool Collect(TimeSpan now, out TimeSpan due)
    {
        if (_count > 0 && (_flush || now >= _resultsDue))
        {
            Seal();
        }

        _flush = false;
        if (_progress is { } progress && now >= _progressDue)
        {
            WriteProgress(progress.Batch, progress.Unit, progress.Fraction);
            _progress = null;
            _progressDue = now + ProgressInterval;
        }

        if (_checkpoint is { } checkpoint && now >= _checkpointDue)
        {
            WriteCheckpoint(checkpoint.Batch, checkpoint.Unit, checkpoint.State);
            _checkpoint = null;
            _checkpointDue = now + _checkpointInterval;
        }

        due = _resultsDue;
        due = _progress is not null && _progressDue < due ? _progressDue : due;
        due = _checkpoint is not null && _checkpointDue < due ? _checkpointDue : due;
        return _waiting.Length > 0;
    }

    private void Seal()
    {
        ResultsMessage.WriteFrame(_waiting, _batch, _seconds, _count, _entries.Written.Span);
        _entries.Clear();
        _count = 0;
        _seconds = 0;
        _resultsDue = TimeSpan.MaxValue;
    }

    private void WriteProgress(int batch, long unit, double fraction)
    {
        _waiting.Begin(FrameKind.Progress);
        _waiting.Varint(batch);
        _waiting.Varint(unit);
        _waiting.Number(fraction);
        _waiting.End();
    }

    private void WriteCheckpoint(int batch, long unit, byte[] state)
    {
        _waiting.Begin(FrameKind.Checkpoint);
        _waiting.Varint(batch);
        _waiting.Varint(unit);
        _waiting.Bytes(state);
        _waiting.End();
    }

    private TimeSpan Wait(TimeSpan due)
    {
        if (due == TimeSpan.MaxValue)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var left = due - Now;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
