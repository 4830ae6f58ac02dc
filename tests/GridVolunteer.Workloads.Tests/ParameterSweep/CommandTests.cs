using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Commands;

namespace GridVolunteer.Workloads.Tests.ParameterSweep;

public sealed class CommandTests
{
    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("  a\tb\n", "a|b")]
    [InlineData("a 'b c' \"d e\"", "a|b c|d e")]
    [InlineData("a\\ b", "a b")]
    [InlineData("'a'\"b\"c", "abc")]
    [InlineData("a ''", "a|")]
    [InlineData("\"a \\\" \\\\ \\$ \\n\"", "a \" \\ $ \\n")]
    [InlineData("'\\n'", "\\n")]
    public void Words_AreSplitAsAShellDoes(string line, string words) =>
        Assert.Equal(words.Split('|'), WordSplitter.Split(line));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b\\\"")]
    public void Quote_ThatIsNotClosed_IsRefused(string line) =>
        Assert.Contains(
            "not closed", Assert.Throws<WorkloadException>(() => WordSplitter.Split(line)).Message);

    [Fact]
    public void Values_StayOneWord_WhateverIsInThem()
    {
        var command = new CommandTemplate("run --name={name} '{name}' {{name}} {print $1}", shell: false);
        Assert.Equal(["name"], command.Names);
        Assert.Equal(
            ["run", "--name=a 'b\" $c", "a 'b\" $c", "{name}", "{print", "$1}"],
            command.Fill(_ => "a 'b\" $c"));
    }

    [Fact]
    public void Values_AreQuotedForTheShell()
    {
        var command = new CommandTemplate("echo {a} | wc", shell: true);
        Assert.Equal(["/bin/sh", "-c", "echo 'it'\\''s $HOME' | wc"], command.Fill(_ => "it's $HOME"));
        Assert.Equal(["/bin/sh", "-c", "echo 0.5 | wc"], command.Fill(_ => "0.5"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("  ", true)]
    [InlineData("''", false)]
    public void EmptyCommand_IsRefused(string line, bool shell) =>
        Assert.Contains("command is empty", Assert.Throws<WorkloadException>(() => new CommandTemplate(line, shell)).Message);
}
