using FsCheck.Xunit;
using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Tests.Jobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Catalog;

public sealed class JobCatalogTests
{
    private JournaledEntity<JobCatalog> _catalog = new(() => new JobCatalog());

    [Fact]
    public void Register_NumbersJobsFromOne()
    {
        Assert.Equal(new JobId(1), Register("a"));
        Assert.Equal(new JobId(2), Register("b"));
    }

    [Fact]
    public void Register_WithTheSameRequest_IsTheSameJobAndJournalsNothing()
    {
        var first = Register("a");
        Register("b");

        Assert.Equal(first, Register("a"));
        Assert.True(_catalog.LastTurn.IsReadOnly);
    }

    [Fact]
    public void NoteClosed_TakesTheJobFromTheActiveOnesForGood()
    {
        Register("a");
        Register("b");

        NoteClosed(1);
        NoteClosed(1);

        Assert.Equal([new JobId(2)], _catalog.Entity.Active());
        Assert.True(_catalog.LastTurn.IsReadOnly);
    }

    [Fact]
    public void List_GoesFromTheNewestInPages()
    {
        for (var i = 0; i < 5; i++)
        {
            Register($"r{i}");
        }

        Assert.Equal([new JobId(5), new JobId(4)], _catalog.Entity.List(null, 2));
        Assert.Equal([new JobId(3), new JobId(2)], _catalog.Entity.List(new JobId(4), 2));
        Assert.Equal([new JobId(1)], _catalog.Entity.List(new JobId(2), 2));
        Assert.Empty(_catalog.Entity.List(new JobId(1), 2));
        Assert.Equal(5, _catalog.Entity.List(new JobId(99), 9).Count);
    }

    [Fact]
    public void Requests_BeyondTheBound_AreForgottenButNoIdIsUsedTwice()
    {
        Register("first");
        for (var i = 0; i < JobCatalog.RequestsMax; i++)
        {
            Register($"r{i}");
        }

        Assert.Equal(new JobId(JobCatalog.RequestsMax + 1), Register($"r{JobCatalog.RequestsMax - 1}"));
        Assert.Equal(new JobId(JobCatalog.RequestsMax + 2), Register("first"));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(ScriptArbitrary)])]
    public void Catalogue_UnderRetriesAndCrashes_GivesEachRequestOneIdAndKnowsWhoIsActive(Script script)
    {
        _catalog = new(() => new JobCatalog());
        var ids = new Dictionary<string, JobId>();
        var ended = new HashSet<JobId>();
        foreach (var step in script.Steps)
        {
            var request = $"r{(step >> 8) % 10}";
            switch (step % 5)
            {
                case 0 or 1:
                    var id = Register(request);
                    Assert.Equal(ids.GetValueOrDefault(request, id), id);
                    Assert.Equal(ids.ContainsKey(request), ids.ContainsValue(id));
                    ids[request] = id;
                    break;
                case 2 when ids.TryGetValue(request, out var job):
                    NoteClosed(job.Number);
                    ended.Add(job);
                    break;
                case 3:
                    _catalog.Crash();
                    break;
                case 4:
                    _catalog.TakeSnapshot();
                    break;
            }

            Assert.Equal(ids.Values.Except(ended).OrderBy(j => j.Number), _catalog.Entity.Active());
        }
    }

    private JobId Register(string request) =>
        _catalog.Ask((catalog, turn) => catalog.Register(request, turn));

    private void NoteClosed(long job) =>
        _catalog.Tell((catalog, turn) => catalog.NoteClosed(new JobId(job), turn));
}
