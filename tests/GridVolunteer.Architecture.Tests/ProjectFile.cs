using System.Xml.Linq;

namespace GridVolunteer.Architecture.Tests;

/// <summary>What a project file says it needs.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Path">Where it lies, relative to the repository.</param>
/// <param name="References">Projects it compiles against; those it merely has built before it are left
/// out.</param>
/// <param name="Packages">Packages it compiles against.</param>
/// <param name="Frameworks">Shared frameworks beyond the base one.</param>
internal sealed record ProjectFile(
    string Name,
    string Path,
    IReadOnlySet<string> References,
    IReadOnlySet<string> Packages,
    IReadOnlySet<string> Frameworks)
{
    public static IReadOnlyDictionary<string, ProjectFile> Below(string folder) =>
        Repository.BuiltFiles(folder, "*.csproj").Select(Load).ToDictionary(p => p.Name);

    private static ProjectFile Load(string path)
    {
        var project = XDocument.Parse(Repository.Read(path)).Root!;
        return new ProjectFile(
            System.IO.Path.GetFileNameWithoutExtension(path),
            path,
            Includes(project, "ProjectReference").Select(NameOf).ToHashSet(),
            Includes(project, "PackageReference").ToHashSet(),
            Includes(project, "FrameworkReference").ToHashSet());
    }

    private static IEnumerable<string> Includes(XElement project, string item) =>
        from element in project.Descendants(item)
        where (string?)element.Attribute("ReferenceOutputAssembly") != "false"
        select (string?)element.Attribute("Include") into include
        where include is not null
        select include;

    private static string NameOf(string path) =>
        System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
