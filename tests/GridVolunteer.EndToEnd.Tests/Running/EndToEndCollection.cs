namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>All tests here run one after the other: they start many processes and share one grid.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<SharedGrid>
{
    public const string Name = "end to end";
}
