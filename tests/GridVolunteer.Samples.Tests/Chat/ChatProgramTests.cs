namespace GridVolunteer.Samples.Tests.Chat;

public sealed class ChatProgramTests
{
    [Fact]
    public async Task People_SeeTheSameLines_AndWhoComesLaterWhatWasSaidBefore()
    {
        await using var anna = SampleProcess.Start("Chat.dll", "anna");
        var seed = (await anna.UntilAsync(@"you are anna at (\S+);")).Groups[1].Value;
        await anna.UntilAsync(@"\[lobby\] \* anna is here \(1 in all\)");
        await using var ben = SampleProcess.Start("Chat.dll", "ben", "--seed", seed);
        await ben.UntilAsync(@"\[lobby\] \* ben is here \(2 in all\)");
        anna.Say("hello, Ben");
        ben.Say("hello, Anna");
        // Whichever came first: the same for both.
        var annaSaw = new[] { await Said(anna), await Said(anna) };
        var benSaw = new[] { await Said(ben), await Said(ben) };
        Assert.Equal<string>(annaSaw, benSaw);

        await using var cleo = SampleProcess.Start("Chat.dll", "cleo", "--seed", seed);
        var history = new[] { await History(cleo), await History(cleo) };
        Assert.Equal<string>(annaSaw, history);
        await cleo.UntilAsync(@"cleo is here \(3 in all\)");

        ben.Kill();
        await anna.UntilAsync(@"\[lobby\] \* ben has left \(2 in all\)");
        await cleo.UntilAsync(@"\[lobby\] \* ben has left \(2 in all\)");
        cleo.Say("/quit");
        await cleo.UntilAsync(@"\* bye");
        await anna.UntilAsync(@"\* cleo has left \(1 in all\)");
        await cleo.WaitForExitAsync();
    }

    [Fact]
    public async Task Rooms_AreApart_AndListed()
    {
        await using var anna = SampleProcess.Start("Chat.dll", "anna", "--room", "tea");
        await anna.UntilAsync("anna is here");
        anna.Say("/join coffee");
        await anna.UntilAsync(@"\[coffee\] \* anna is here");
        anna.Say("only here");
        await anna.UntilAsync(@"\[coffee\] anna: only here");
        anna.Say("/rooms");
        await anna.UntilAsync(@"coffee: 1 there, you too");
        await anna.UntilAsync(@"tea: 1 there, you too");
        anna.Say("/leave");
        await anna.UntilAsync(@"\[coffee\] \* you have left");
        anna.Say("back");
        await anna.UntilAsync(@"\[tea\] anna: back");
    }

    private static async Task<string> Said(SampleProcess person) =>
        (await person.UntilAsync(@"\[lobby\] (\w+: hello.*)")).Groups[1].Value;

    private static async Task<string> History(SampleProcess person) =>
        (await person.UntilAsync(@"\[lobby\] < (.*)")).Groups[1].Value;
}
