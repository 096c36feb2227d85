// A transform of AssemblyScript's compiler, which calls its table `table`: exports it by the name that C and Rust use.
export default class {
  afterCompile(module) {
    module.addTableExport("0", "__indirect_function_table");
  }
}
