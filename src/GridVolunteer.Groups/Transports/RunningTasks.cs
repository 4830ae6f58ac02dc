using System.Runtime.ExceptionServices;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// Tasks that run until they are done, so that whoever started them can wait for their end. A fault, which is a bug, is
/// told there.
/// </summary>
internal sealed class RunningTasks
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _fault;
    private int _running = 1;

    public void Run(Func<Task> work)
    {
        lock (_lock)
        {
            if (_running == 0)
            {
                return;
            }

            _running++;
        }

        _ = Task.Run(() => TrackAsync(work));
    }

    /// <summary>Ends when all have; nothing more may be started then. Call once.</summary>
    public async Task WhenEndedAsync()
    {
        Leave();
        await _ended.Task;
        _fault?.Throw();
    }

    private async Task TrackAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _fault ??= ExceptionDispatchInfo.Capture(e);
            }
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_running > 0)
            {
                return;
            }
        }

        _ended.TrySetResult();
    }
}
