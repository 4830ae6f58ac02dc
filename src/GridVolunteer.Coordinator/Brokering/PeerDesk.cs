using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Keeps a volunteer's requests in order. A repetition of a request that is being served joins it and gets
/// its answer; one that will not wait ends the wait. Of requests for work one is served at a time: a newer
/// one ends the older one's wait, and is served when that is answered, so that answers that carry grants are
/// kept in the order of requests. Mere reports disturb nobody. Safe for concurrent use.
/// </summary>
public sealed class PeerDesk
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(PeerId Volunteer, string RequestId), Visit> _visits = [];
    private readonly Dictionary<PeerId, Visit> _asking = [];

    /// <summary>How many requests are being served.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _visits.Count;
            }
        }
    }

    /// <summary>Serves a request, or joins the one that is being served with the same id.</summary>
    /// <param name="volunteer">Who asks.</param>
    /// <param name="request">The request.</param>
    /// <param name="serve"> Serves it. Its token ends the wait for work, not the serving: a newer request
    /// came, or all who asked are gone. Called once however many join.
    /// </param>
    /// <param name="cancellationToken">The caller is gone.</param>
    public async Task<WorkAnswer?> ServeAsync(
        PeerId volunteer, WorkRequest request, Func<CancellationToken, Task<WorkAnswer?>> serve,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(serve);
        var key = (volunteer, request.RequestId);
        Visit? same;
        Visit? older = null;
        Visit visit;
        lock (_lock)
        {
            if (_visits.TryGetValue(key, out same))
            {
                visit = same;
            }
            else
            {
                _visits.Add(key, visit = new Visit());
                if (request.Wanted is not null)
                {
                    _asking.TryGetValue(volunteer, out older);
                    _asking[volunteer] = visit;
                }
            }

            visit.Enter();
        }

        if (same is null)
        {
            return await ServeAsync(key, visit, older, serve, cancellationToken);
        }

        if (request.WaitSeconds <= 0)
        {
            // A client that broke its poll off and comes again under the same id will not wait, whether or
            // not the end of the first connection was noticed before the second one came.
            same.EndWait();
        }

        return await JoinAsync(same, cancellationToken);
    }

    private static async Task<WorkAnswer?> JoinAsync(Visit visit, CancellationToken cancellationToken)
    {
        try
        {
            return await visit.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            visit.Leave();
        }
    }

    private async Task<WorkAnswer?> ServeAsync(
        (PeerId Volunteer, string RequestId) key, Visit visit, Visit? older,
        Func<CancellationToken, Task<WorkAnswer?>> serve, CancellationToken cancellationToken)
    {
        await using var gone = cancellationToken.Register(visit.Leave);
        try
        {
            if (older is not null)
            {
                await older.EndAsync();
            }

            var answer = await serve(visit.Ended);
            visit.Complete(answer);
            return answer;
        }
        catch (Exception e)
        {
            // Rethrown; whoever joined gets the same.
            visit.Fail(e);
            throw;
        }
        finally
        {
            Forget(key, visit);
        }
    }

    private void Forget((PeerId Volunteer, string RequestId) key, Visit visit)
    {
        lock (_lock)
        {
            _visits.Remove(key);
            if (_asking.TryGetValue(key.Volunteer, out var current) && ReferenceEquals(current, visit))
            {
                _asking.Remove(key.Volunteer);
            }
        }

        visit.Dispose();
    }

    private sealed class Visit : IDisposable
    {
        private readonly TaskCompletionSource<WorkAnswer?> _answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly CancellationTokenSource _ended = new();
        private readonly Lock _gate = new();
        private int _present;
        private bool _disposed;

        public Task<WorkAnswer?> Answer => _answer.Task;

        /// <summary>Cancelled when nobody waits for work any more.</summary>
        public CancellationToken Ended => _ended.Token;

        public void Enter()
        {
            lock (_gate)
            {
                _present++;
            }
        }

        public void Leave()
        {
            lock (_gate)
            {
                if (--_present == 0)
                {
                    End();
                }
            }
        }

        public void Complete(WorkAnswer? answer) => _answer.SetResult(answer);

        public void Fail(Exception fault)
        {
            _answer.SetException(fault);

            // Nobody may have joined; the fault is told to the caller who serves.
            _ = _answer.Task.Exception;
        }

        /// <summary>Ends the wait for work and waits for the answer, whatever it is.</summary>
        public async Task EndAsync()
        {
            EndWait();
            await ((Task)_answer.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void EndWait()
        {
            lock (_gate)
            {
                End();
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                _ended.Dispose();
            }
        }

        private void End()
        {
            if (!_disposed)
            {
                _ended.Cancel();
            }
        }
    }
}
