using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Access;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Security;

/// <summary>Tokens, nonces, files of secrets, allowances.</summary>
public sealed class SecretsTests
{
    private static readonly PeerId Peer = new(1, 2);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly byte[] _key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void AgentToken_ReadsBackAsItsPeer_UntilItExpires()
    {
        var tokens = new AgentTokens(_key, _clock, TimeSpan.FromHours(1));
        var token = tokens.Issue(Peer);
        Assert.True(tokens.TryRead(token, out var peer));
        Assert.Equal(Peer, peer);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(tokens.TryRead(token, out _));
    }

    [Fact]
    public void AgentToken_WithAnyCharacterChanged_IsRefused()
    {
        var tokens = new AgentTokens(_key, _clock, TimeSpan.FromHours(1));
        var token = tokens.Issue(Peer);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.False(tokens.TryRead(changed, out _), $"character {i}");
        }

        Assert.False(tokens.TryRead(token + "A", out _));
        Assert.False(tokens.TryRead("", out _));
    }

    [Fact]
    public void AgentToken_OfAnotherKey_IsRefused()
    {
        var token = new AgentTokens([.. _key.Reverse()], _clock, TimeSpan.FromHours(1)).Issue(Peer);
        Assert.False(new AgentTokens(_key, _clock, TimeSpan.FromHours(1)).TryRead(token, out _));
    }

    [Fact]
    public async Task Nonce_IsGoodForItsPeerOnly_AndOnce()
    {
        var book = new ChallengeBook(_key, new AnsweredChallenges(_clock), _clock);
        var nonce = book.Issue(Peer);
        Assert.True(book.IsGood(Peer, nonce));
        Assert.False(book.IsGood(new PeerId(1, 3), nonce));
        Assert.Equal(SpendOutcome.Spent, await book.SpendAsync(nonce));
        Assert.Equal(SpendOutcome.Replayed, await book.SpendAsync(nonce));
    }

    [Fact]
    public async Task Nonces_SpentAreBounded_AndForgottenWhenTheyExpire()
    {
        var book = new ChallengeBook(_key, new AnsweredChallenges(_clock), _clock);
        for (var i = 0; i < AnsweredChallenges.Max; i++)
        {
            Assert.Equal(SpendOutcome.Spent, await book.SpendAsync(book.Issue(Peer)));
        }

        Assert.Equal(SpendOutcome.Full, await book.SpendAsync(book.Issue(Peer)));
        _clock.Advance(ChallengeBook.Lifetime);
        Assert.Equal(SpendOutcome.Spent, await book.SpendAsync(book.Issue(Peer)));
    }

    [Fact]
    public void Secret_IsKept_AndReadableByItsOwnerOnly()
    {
        using var folder = new TemporaryFolder();
        var path = folder["secrets/a.token"];
        var secret = SecretFile.ReadOrCreate(path, SecretFile.RandomText);
        Assert.Equal(secret, SecretFile.ReadOrCreate(path, () => "another"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
            SecretFile.ReadOrCreate(path, () => "another");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task OperatorToken_IsFoundByAddress_WhileTheCoordinatorRuns()
    {
        using var folder = new TemporaryFolder();
        string path;
        await using (var coordinator = await TestCoordinator.StartAsync(folder: folder))
        {
            path = OperatorTokenFile.PathFor(coordinator.Service.Url, folder["tokens"]);
            Assert.Equal(coordinator.Service.OperatorToken, (await File.ReadAllTextAsync(path)).Trim());
            var byName = new UriBuilder(coordinator.Service.Url) { Host = "localhost" }.Uri;
            Assert.Equal(path, OperatorTokenFile.PathFor(byName, folder["tokens"]));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task DataFolder_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder: folder);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder["data"]));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(folder["data"], OperatorTokenFile.NameInDataFolder)));
    }

    [Fact]
    public void UploadAllowance_RefillsEvenly_AndIsEachAgentsOwn()
    {
        var allowance = new UploadAllowance(3600, _clock);
        Assert.True(allowance.TryTake(Peer, 3600));
        Assert.False(allowance.TryTake(Peer, 1));
        Assert.True(allowance.TryTake(new PeerId(9, 9), 3600));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(allowance.TryTake(Peer, 10));
        Assert.False(allowance.TryTake(Peer, 1));
    }

    [Fact]
    public async Task ASecret_MadeByManyAtOnce_IsOne()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 50; round++)
        {
            var path = folder[$"secret{round}"];
            using var together = new Barrier(4);
            var secrets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return SecretFile.ReadOrCreate(path, SecretFile.RandomText);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(secrets.Distinct());
            Assert.Equal(secrets[0], SecretFile.ReadOrCreate(path, SecretFile.RandomText));
        }
    }
}
